using System.Buffers;
using System.Globalization;
using System.Text;

namespace CriAttach.Wire.Recordings;

// Comments in an asciicast that make a chain of it. HEX is a hash in lower case.
//
// {"version":3,...}                                 the header of each part
// # criattach part 1 RECORDING sha256 HEX           the second line of each part; HEX is the last hash of the part before, zeros in the first
// # criattach sha256 HEX                            over the hash before and all bytes between the two; hmac-sha256 where there is a key
// # criattach continued HEX                         the same, as the last line of a part that another one follows
// # criattach end HEX                               the same, as the last line of the recording
// # criattach header {"version":3,...}              in parts joined to one file: the header of another part, hashed without what stands before it

/// <summary>The lines of the chain.</summary>
internal static class ChainLines
{
    public const string Plain = "sha256";
    public const string Keyed = "hmac-sha256";

    /// <summary>The longest of them but for the header.</summary>
    public const int MaxLength = 256;

    private const string Start = "# criattach ";
    private const string Part = Start + "part ";

    /// <summary>What stands before the header of another part in a joined file.</summary>
    public static ReadOnlySpan<byte> JoinedHeader => "# criattach header "u8;

    public static void WritePart(IBufferWriter<byte> output, ChainPart part) => output.Write(Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Part}{part.Number} {part.Recording} {part.Algorithm} {Convert.ToHexStringLower(part.Before)}\n")));

    public static void WriteMark(IBufferWriter<byte> output, ChainMark mark, string algorithm, byte[] hash) =>
        output.Write(Encoding.ASCII.GetBytes($"{Start}{Word(mark, algorithm)} {Convert.ToHexStringLower(hash)}\n"));

    /// <summary>Reads a line, without its end, as the second one of a part. Nothing but what <see cref="WritePart"/> writes is one.</summary>
    public static ChainPart? ReadPart(ReadOnlySpan<byte> line)
    {
        var text = Encoding.ASCII.GetString(line);
        var words = text.StartsWith(Part, StringComparison.Ordinal) ? text[Part.Length..].Split(' ') : [];
        if (words.Length != 4 || !int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || HashOf(words[3]) is not { } before)
        {
            return null;
        }

        var part = new ChainPart(number, words[1], words[2], before);
        var again = new ArrayBufferWriter<byte>();
        WritePart(again, part);
        return again.WrittenSpan[..^1].SequenceEqual(line) ? part : null;
    }

    /// <summary>Reads a line, without its end, as a hash.</summary>
    public static (ChainMark Mark, byte[] Hash)? ReadMark(ReadOnlySpan<byte> line, string algorithm)
    {
        var text = Encoding.ASCII.GetString(line);
        foreach (var mark in (ReadOnlySpan<ChainMark>)[ChainMark.Piece, ChainMark.Continued, ChainMark.End])
        {
            var start = $"{Start}{Word(mark, algorithm)} ";
            if (text.StartsWith(start, StringComparison.Ordinal) && HashOf(text[start.Length..]) is { } hash)
            {
                return (mark, hash);
            }
        }

        return null;
    }

    private static string Word(ChainMark mark, string algorithm) => mark switch
    {
        ChainMark.Continued => "continued",
        ChainMark.End => "end",
        _ => algorithm,
    };

    // Each hash has one way to be written: another would be a byte that nobody watches.
    private static byte[]? HashOf(string hex) =>
        hex.Length == ChainHash.Size * 2 && hex.All(char.IsAsciiHexDigitLower) ? Convert.FromHexString(hex) : null;
}
