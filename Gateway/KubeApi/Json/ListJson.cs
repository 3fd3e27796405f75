using System.Globalization;
using System.Text.Json;

namespace CriAttach.Gateway.KubeApi.Json;

/// <summary>Writes lists.</summary>
internal static class ListJson
{
    /// <summary>Writes a list.</summary>
    /// <typeparam name="T">What is in it.</typeparam>
    /// <param name="json">Where to.</param>
    /// <param name="kind">The kind of the items.</param>
    /// <param name="version">The list's version.</param>
    /// <param name="items">The items.</param>
    /// <param name="write">Writes one.</param>
    public static void Write<T>(Utf8JsonWriter json, string kind, long version, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartObject();
        json.WriteString("kind", $"{kind}List");
        json.WriteString("apiVersion", "v1");
        WriteMetadata(json, version);
        json.WriteStartArray("items");
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes the metadata of a list.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="version">The list's version.</param>
    public static void WriteMetadata(Utf8JsonWriter json, long version)
    {
        json.WriteStartObject("metadata");
        json.WriteString("resourceVersion", version.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }
}
