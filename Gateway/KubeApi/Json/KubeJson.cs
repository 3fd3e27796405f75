using System.Text.Json;

namespace CriAttach.Gateway.KubeApi.Json;

/// <summary>Answers in JSON.</summary>
internal static class KubeJson
{
    private const string MediaType = "application/json";

    /// <summary>Answers with a document that is written down already.</summary>
    /// <param name="response">The response.</param>
    /// <param name="document">The document.</param>
    public static Task AnswerAsync(HttpResponse response, string document)
    {
        response.ContentType = MediaType;
        return response.WriteAsync(document);
    }

    /// <summary>Answers with a document.</summary>
    /// <param name="response">The response.</param>
    /// <param name="write">Writes the document.</param>
    public static async Task AnswerAsync(HttpResponse response, Action<Utf8JsonWriter> write)
    {
        response.ContentType = MediaType;
        await using (var json = new Utf8JsonWriter(response.BodyWriter))
        {
            write(json);
        }

        await response.BodyWriter.FlushAsync();
    }

    /// <summary>Tells, where kubectl prints it, which nodes are missing in the answer.</summary>
    /// <param name="response">The response.</param>
    /// <param name="unreachable">The nodes.</param>
    public static void Warn(HttpResponse response, IEnumerable<string> unreachable)
    {
        foreach (var node in unreachable)
        {
            response.Headers.Append("Warning", $"299 - \"node {node} does not answer; what is on it is missing here\"");
        }
    }

    /// <summary>A time as Kubernetes writes it.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">The member.</param>
    /// <param name="time">The time; an unknown one is left out.</param>
    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } known)
        {
            json.WriteString(name, known.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    /// <summary>A map of texts; an empty one is left out.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="name">The member.</param>
    /// <param name="map">The map.</param>
    public static void WriteMap(this Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> map)
    {
        if (map.Count == 0)
        {
            return;
        }

        json.WriteStartObject(name);
        foreach (var (key, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }
}
