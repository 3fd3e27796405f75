using System.Text.Json;

namespace CriAttach.Fuzz.Oracles;

/// <summary>Reads an asciicast v3 line by line with the plain JSON reader.</summary>
internal static class AsciicastOracle
{
    /// <summary>Reads a file.</summary>
    public static Trace Read(byte[] file)
    {
        var trace = new Trace();
        for (var (number, at) = (1, 0); Array.IndexOf(file, (byte)'\n', at) is >= 0 and var end; number++, at = end + 1)
        {
            var line = file[at..end];
            var read = number > 1 && line is [(byte)'#', ..] ? "comment" : Json(line, number);
            trace.Add(read ?? $"fault {number}");
            if (read is null)
            {
                break;
            }
        }

        return trace;
    }

    private static string? Json(byte[] line, int number)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            return number == 1 ? Header(root) : Event(root);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static string? Header(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || root.GetProperty("version").GetInt32() != 3)
        {
            return null;
        }

        var term = root.GetProperty("term");
        _ = term.TryGetProperty("type", out var type) ? type.GetString() : null;
        _ = root.TryGetProperty("timestamp", out var timestamp) ? timestamp.GetInt64() : 0;
        _ = root.TryGetProperty("title", out var title) ? title.GetString() : null;
        return $"header {term.GetProperty("cols").GetInt32()} {term.GetProperty("rows").GetInt32()}";
    }

    private static string? Event(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Array || root.GetArrayLength() != 3)
        {
            return null;
        }

        var (seconds, code, data) = (root[0].GetDouble(), root[1], root[2]);
        return seconds >= 0 && code.ValueKind == JsonValueKind.String && data.ValueKind == JsonValueKind.String
            && code.GetString() is [var letter] && char.IsAsciiLetter(letter)
            ? $"event {seconds:R} {letter} {data.GetString()}"
            : null;
    }
}
