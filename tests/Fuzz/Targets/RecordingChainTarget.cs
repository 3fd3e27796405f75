using System.Buffers;
using CriAttach.Wire.Recordings;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: cut, where to change a byte, how, then what is recorded; the last is tried as a file too.</summary>
public sealed class RecordingChainTarget : IFuzzTarget
{
    private const int Knobs = 4;
    private const int MaxParts = 4;

    /// <inheritdoc />
    public string Name => "recording-chain";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(ChainWriter), typeof(ChainVerifier)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        if (input.Length < Knobs)
        {
            return;
        }

        var content = input[Knobs..];
        var key = (input[0] & 1) == 0 ? null : content;
        Trace.Holds(Verify([content], key, Fragments.Whole) == Verify([content], key, input[0]), "cuts change nothing");

        var parts = Write(content, key, input[0]);
        Trace.Holds(Verify(parts, key, input[0]).State == ChainState.Intact, "what was written is intact");
        Trace.Holds(Verify([Join(parts)], key, input[0]).State == ChainState.Intact, "and so is the joined file");
        var joined = Join(parts);
        var at = ((input[1] << 8) + input[2]) % joined.Length;
        joined[at] ^= (byte)(input[3] | 1);
        Trace.Holds(Verify([joined], key, input[0]).State != ChainState.Intact, "a changed byte is noticed");
        Trace.Holds(Verify([Join(parts)[..at]], key, input[0]).State != ChainState.Intact, "a missing end is noticed");
    }

    private static ChainVerdict Verify(IEnumerable<byte[]> files, byte[]? key, int cut)
    {
        using var verifier = new ChainVerifier(key);
        foreach (var file in files)
        {
            verifier.BeginFile();
            foreach (var piece in Fragments.Cut(file, cut))
            {
                verifier.Append(piece);
            }
        }

        return verifier.Complete();
    }

    private static List<byte[]> Write(byte[] content, byte[]? key, int cut)
    {
        using var chain = new ChainWriter("r", key);
        var parts = new List<byte[]>();
        var pieces = content.Chunk(1 + (content.Length / (1 + (cut % MaxParts)))).Append([]).ToArray();
        for (var i = 0; i < pieces.Length; i++)
        {
            // What is recorded is JSON: a line that begins with '[' and holds no line break.
            var part = new ArrayBufferWriter<byte>();
            part.Write("{}\n"u8);
            chain.WritePart(part);
            part.Write("["u8);
            part.Write(pieces[i].Select(one => one == '\n' ? (byte)' ' : one).ToArray());
            part.Write("\n"u8);
            chain.Append(part.WrittenSpan);
            chain.WriteMark(part, ChainMark.Piece);
            chain.WriteMark(part, i < pieces.Length - 1 ? ChainMark.Continued : ChainMark.End);
            parts.Add(part.WrittenSpan.ToArray());
        }

        return parts;
    }

    private static byte[] Join(List<byte[]> parts) =>
        [.. parts[0], .. parts.Skip(1).SelectMany(part => (byte[])[.. ChainWriter.JoinedHeader, .. part])];
}
