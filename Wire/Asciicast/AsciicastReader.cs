using System.Text;
using System.Text.Json;

namespace CriAttach.Wire.Asciicast;

/// <summary>Reads an asciicast v3, line by line.</summary>
public sealed class AsciicastReader
{
    /// <summary>The longest line that is read.</summary>
    public const int MaxLineLength = 1024 * 1024;

    private const int Version = 3;

    /// <summary>Gets the number of the last line that was read, from 1 on.</summary>
    public long Line { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <param name="input">
    /// Bytes of the file. What was read is cut off its front. After <c>false</c> the rest (an incomplete line) is to be kept and given again with more bytes
    /// behind it.
    /// </param>
    /// <param name="line">The line.</param>
    /// <returns><c>false</c> when it takes more bytes to go on.</returns>
    /// <exception cref="AsciicastFormatException">The line is malformed, or too long.</exception>
    public bool TryRead(ref ReadOnlyMemory<byte> input, out AsciicastLine line)
    {
        line = new AsciicastLine();
        var end = input.Span.IndexOf((byte)'\n');
        if ((end < 0 ? input.Length : end) > MaxLineLength)
        {
            throw new AsciicastFormatException(Line + 1, $"it is longer than {MaxLineLength} bytes");
        }

        if (end < 0)
        {
            return false;
        }

        var text = input.Span[..end];
        input = input[(end + 1)..];
        Line++;
        try
        {
            line = Line == 1 ? new AsciicastLine { Header = HeaderOf(text) }
                : text is [(byte)'#', .. var comment] ? new AsciicastLine { Comment = Encoding.UTF8.GetString(comment) }
                : new AsciicastLine { Event = EventOf(text) };
            return true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException)
        {
            throw new AsciicastFormatException(Line, fault.Message);
        }
    }

    private AsciicastHeader HeaderOf(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        using var document = JsonDocument.ParseValue(ref reader);
        Finish(ref reader);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("version", out var version) || version.GetInt32() != Version)
        {
            throw new AsciicastFormatException(Line, "it is no header of asciicast version 3");
        }

        if (!root.TryGetProperty("term", out var term) || term.ValueKind != JsonValueKind.Object
            || !term.TryGetProperty("cols", out var columns) || !term.TryGetProperty("rows", out var rows))
        {
            throw new AsciicastFormatException(Line, "the header names no size of the terminal");
        }

        return new AsciicastHeader
        {
            Columns = columns.GetInt32(),
            Rows = rows.GetInt32(),
            TerminalType = TextOf(term, "type"),
            Timestamp = root.TryGetProperty("timestamp", out var timestamp) ? timestamp.GetInt64() : null,
            Title = TextOf(root, "title"),
        };
    }

    private static string TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private AsciicastEvent EventOf(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        Expect(ref reader, JsonTokenType.StartArray);
        Expect(ref reader, JsonTokenType.Number);
        var seconds = reader.GetDouble();
        Expect(ref reader, JsonTokenType.String);
        var code = reader.GetString()!;
        Expect(ref reader, JsonTokenType.String);
        var data = reader.GetString()!;
        Expect(ref reader, JsonTokenType.EndArray);
        Finish(ref reader);
        if (seconds < 0 || code.Length != 1 || !char.IsAsciiLetter(code[0]))
        {
            throw new AsciicastFormatException(Line, seconds < 0 ? "time goes back" : "an event's code is one letter");
        }

        return new AsciicastEvent(seconds, (AsciicastCode)code[0], data);
    }

    private void Expect(ref Utf8JsonReader reader, JsonTokenType type)
    {
        if (!reader.Read() || reader.TokenType != type)
        {
            throw new AsciicastFormatException(Line, "an event is [interval, \"code\", \"data\"]");
        }
    }

    private void Finish(ref Utf8JsonReader reader)
    {
        if (reader.Read())
        {
            throw new AsciicastFormatException(Line, "something follows on the same line");
        }
    }
}
