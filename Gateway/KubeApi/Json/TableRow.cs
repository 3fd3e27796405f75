using System.Text.Json;

namespace CriAttach.Gateway.KubeApi.Json;

/// <summary>A row of a table.</summary>
/// <param name="Cells">The cells.</param>
/// <param name="WriteObject">Writes the whole object.</param>
/// <param name="WriteMetadata">Writes the member <c>metadata</c> of the object.</param>
internal sealed record TableRow(IReadOnlyList<string> Cells, Action<Utf8JsonWriter> WriteObject, Action<Utf8JsonWriter> WriteMetadata);
