using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CriAttach.Wire.Channels;

// https://github.com/kubernetes/apimachinery/blob/master/pkg/apis/meta/v1/types.go (Status; PROTOCOL.md 3.3)
//
// v4, v5, success  {"metadata":{},"status":"Success"}
// v4, v5, failure  {"metadata":{},"status":"Failure","message":M,"reason":R,"details":{"causes":[{"message":C}]},"code":N}
//   an exit code   "details":{"causes":[{"reason":"ExitCode","message":"3"}]}, reason NonZeroExitCode, no code
// older, success   nothing
// older, failure   the message as plain text

/// <summary>Writes and parses what the status channel carries: one document, sent once, before the close frame.</summary>
public static class StatusCodec
{
    private const string SuccessText = "Success";
    private const string FailureText = "Failure";
    private const string ExitCodeCause = "ExitCode";

    // For terminals and logs, never for a page: quotes and markup need no escape.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a status; nothing at all for a success under a protocol older than v4.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="protocol">The negotiated protocol.</param>
    /// <param name="status">The status.</param>
    public static void Write(IBufferWriter<byte> output, StreamProtocol protocol, SessionStatus status)
    {
        if (protocol.HasJsonStatus && !status.Document.IsEmpty)
        {
            output.Write(status.Document.Span);
        }
        else if (protocol.HasJsonStatus)
        {
            using var json = new Utf8JsonWriter(output, Options);
            WriteJson(json, status);
        }
        else if (!status.IsSuccess)
        {
            Encoding.UTF8.GetBytes(status.Message, output);
        }
    }

    /// <summary>Parses the whole content of the status channel.</summary>
    /// <param name="content">The content; empty means success.</param>
    /// <param name="protocol">The negotiated protocol.</param>
    /// <param name="status">The status.</param>
    /// <returns><c>false</c> when the content is no status of the protocol.</returns>
    public static bool TryParse(
        ReadOnlySpan<byte> content, StreamProtocol protocol, [NotNullWhen(true)] out SessionStatus? status)
    {
        if (content.IsEmpty)
        {
            status = SessionStatus.Success;
            return true;
        }

        if (!protocol.HasJsonStatus)
        {
            status = new() { IsSuccess = false, Message = Encoding.UTF8.GetString(content) };
            return true;
        }

        status = null;
        try
        {
            // By way of a string, so that bytes which are no UTF-8 become U+FFFD, as in Go.
            using var document = JsonDocument.Parse(Encoding.UTF8.GetString(content));
            status = Parse(document.RootElement);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // Not JSON, or text in it that is no Unicode: reported by the result.
        }

        return status is not null;
    }

    private static void WriteJson(Utf8JsonWriter json, SessionStatus status)
    {
        json.WriteStartObject();
        json.WriteStartObject("metadata"u8);
        json.WriteEndObject();
        json.WriteString("status"u8, status.IsSuccess ? SuccessText : FailureText);
        WriteIfAny(json, "message", status.Message);
        WriteIfAny(json, "reason", status.Reason);
        if (status.ExitCode is { } exitCode)
        {
            WriteCause(json, ExitCodeCause, exitCode.ToString(CultureInfo.InvariantCulture));
        }
        else if (status.Cause.Length > 0)
        {
            WriteCause(json, "", status.Cause);
        }

        if (status.Code != 0)
        {
            json.WriteNumber("code"u8, status.Code);
        }

        json.WriteEndObject();
    }

    private static void WriteCause(Utf8JsonWriter json, string reason, string message)
    {
        json.WriteStartObject("details"u8);
        json.WriteStartArray("causes"u8);
        json.WriteStartObject();
        WriteIfAny(json, "reason", reason);
        json.WriteString("message"u8, message);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string value)
    {
        if (value.Length > 0)
        {
            json.WriteString(name, value);
        }
    }

    private static SessionStatus? Parse(JsonElement root)
    {
        var status = Text(root, "status");
        if (status is not (SuccessText or FailureText))
        {
            return null;
        }

        var cause = FirstCause(root);
        var causeText = Text(cause, "message");
        int? exitCode = Text(cause, "reason") == ExitCodeCause
            && int.TryParse(causeText, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
        return new()
        {
            IsSuccess = status == SuccessText,
            Message = Text(root, "message"),
            Reason = Text(root, "reason"),
            Code = Member(root, "code", JsonValueKind.Number) is { } code && code.TryGetInt32(out var value) ? value : 0,
            Cause = exitCode is null ? causeText : "",
            ExitCode = exitCode,
        };
    }

    private static JsonElement FirstCause(JsonElement root) =>
        Member(root, "details", JsonValueKind.Object) is { } details
        && Member(details, "causes", JsonValueKind.Array) is { } causes
        && causes.GetArrayLength() > 0
            ? causes[0]
            : default;

    private static string Text(JsonElement element, string name)
    {
        if (Member(element, name, JsonValueKind.String) is not { } text)
        {
            return "";
        }

        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // An escape that is half a surrogate pair: shown as it was written.
            return text.GetRawText().Trim('"');
        }
    }

    private static JsonElement? Member(JsonElement element, string name, JsonValueKind kind) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == kind
            ? value
            : null;
}
