using System.Text.Json;

namespace CriAttach.Gateway.KubeApi.Json;

/// <summary>Writes statuses.</summary>
internal static class StatusJson
{
    /// <summary>Answers a request with a failure.</summary>
    /// <param name="response">The response.</param>
    /// <param name="status">The failure.</param>
    public static Task AnswerAsync(HttpResponse response, KubeStatus status)
    {
        response.StatusCode = status.Code;
        return KubeJson.AnswerAsync(response, json => Write(json, status));
    }

    /// <summary>Writes a status.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="status">The status.</param>
    public static void Write(Utf8JsonWriter json, KubeStatus status)
    {
        json.WriteStartObject();
        json.WriteString("kind", "Status");
        json.WriteString("apiVersion", "v1");
        json.WriteStartObject("metadata");
        json.WriteEndObject();
        json.WriteString("status", "Failure");
        json.WriteString("message", status.Message);
        json.WriteString("reason", status.Reason);
        if (status.Name.Length > 0)
        {
            json.WriteStartObject("details");
            json.WriteString("name", status.Name);
            json.WriteString("kind", status.Resource);
            json.WriteEndObject();
        }

        json.WriteNumber("code", status.Code);
        json.WriteEndObject();
    }
}
