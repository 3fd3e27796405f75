using System.Text.Json;
using CriAttach.Wire;
using CriAttach.Wire.Channels;

namespace CriAttach.Fuzz.Oracles;

/// <summary>
/// Reads terminal sizes by parsing every prefix of every object anew: the first prefix that cannot become JSON, or is
/// too long, breaks the object at its last byte.
/// </summary>
public static class ResizeOracle
{
    /// <summary>The sizes in the bytes.</summary>
    public static List<WindowSize> Read(byte[] stream)
    {
        var sizes = new List<WindowSize>();
        var start = Array.IndexOf(stream, (byte)'{');
        var length = 1;
        while (start >= 0 && start + length <= stream.Length)
        {
            var prefix = stream.AsSpan(start, length);
            var end = Outcome(prefix, sizes);
            if (end == Prefix.Incomplete && length <= ResizeReader.MaxObjectLength)
            {
                length++;
                continue;
            }

            var next = start + length - (end == Prefix.Whole ? 0 : 1);
            start = next < stream.Length ? Array.IndexOf(stream, (byte)'{', next) : -1;
            length = 1;
        }

        return sizes;
    }

    private enum Prefix
    {
        Incomplete,
        Whole,
        Broken,
    }

    private static Prefix Outcome(ReadOnlySpan<byte> prefix, List<WindowSize> sizes)
    {
        if (prefix.Length > ResizeReader.MaxObjectLength)
        {
            return Prefix.Broken;
        }

        try
        {
            var reader = new Utf8JsonReader(prefix, isFinalBlock: false, state: default);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == 0)
                {
                    Add(prefix, sizes);
                    return Prefix.Whole;
                }
            }

            return Prefix.Incomplete;
        }
        catch (JsonException)
        {
            return Prefix.Broken;
        }
    }

    private static void Add(ReadOnlySpan<byte> json, List<WindowSize> sizes)
    {
        ushort width = 0, height = 0;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            // Latin-1 is not what the bytes mean, but it never fails, and the two names are ASCII.
            var name = System.Text.Encoding.Latin1.GetString(reader.ValueSpan);
            var isWidth = name.Equals("width", StringComparison.OrdinalIgnoreCase);
            var isHeight = name.Equals("height", StringComparison.OrdinalIgnoreCase);
            reader.Read();
            if ((isWidth || isHeight) && reader.TokenType != JsonTokenType.Null)
            {
                if (reader.TokenType != JsonTokenType.Number
                    || reader.ValueSpan[0] == '-'
                    || !reader.TryGetUInt16(out var value))
                {
                    return;
                }

                (width, height) = isWidth ? (value, height) : (width, value);
            }

            reader.Skip();
        }

        if (width > 0 && height > 0)
        {
            sizes.Add(new(width, height));
        }
    }
}
