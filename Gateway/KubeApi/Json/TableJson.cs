using System.Text.Json;

namespace CriAttach.Gateway.KubeApi.Json;

/// <summary>Writes tables (<c>meta.k8s.io Table</c>).</summary>
internal static class TableJson
{
    /// <summary>Writes a table.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="accept">What the client wants.</param>
    /// <param name="columns">The columns.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="version">The list's version.</param>
    public static void Write(Utf8JsonWriter json, TableAccept accept, IEnumerable<TableColumn> columns, IEnumerable<TableRow> rows, long version = 1)
    {
        json.WriteStartObject();
        json.WriteString("kind", "Table");
        json.WriteString("apiVersion", $"meta.k8s.io/{accept.Version}");
        ListJson.WriteMetadata(json, version);
        json.WriteStartArray("columnDefinitions");
        foreach (var column in columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            json.WriteString("type", column.Type);
            json.WriteString("format", column.Format);
            json.WriteString("description", "");
            json.WriteNumber("priority", column.Priority);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("rows");
        foreach (var row in rows)
        {
            WriteRow(json, accept, row);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, TableAccept accept, TableRow row)
    {
        json.WriteStartObject();
        json.WriteStartArray("cells");
        foreach (var cell in row.Cells)
        {
            json.WriteStringValue(cell);
        }

        json.WriteEndArray();
        switch (accept.Include)
        {
            case "Object":
                json.WritePropertyName("object");
                row.WriteObject(json);
                break;
            case "Metadata":
                json.WriteStartObject("object");
                json.WriteString("kind", "PartialObjectMetadata");
                json.WriteString("apiVersion", $"meta.k8s.io/{accept.Version}");
                row.WriteMetadata(json);
                json.WriteEndObject();
                break;
            default:
                break;
        }

        json.WriteEndObject();
    }
}
