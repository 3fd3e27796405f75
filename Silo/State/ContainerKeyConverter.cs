using System.Text.Json;
using System.Text.Json.Serialization;
using CriAttach.Interfaces.Containers;

namespace CriAttach.Silo.State;

/// <summary>A container's key as its text; empty for none.</summary>
internal sealed class ContainerKeyConverter : JsonConverter<ContainerKey>
{
    /// <inheritdoc/>
    public override ContainerKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { Length: > 0 } text ? ContainerKey.Parse(text) : default;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ContainerKey value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value == default ? "" : value.ToString());
}
