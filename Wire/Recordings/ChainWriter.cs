using System.Buffers;

namespace CriAttach.Wire.Recordings;

/// <summary>Makes a recording's bytes a chain: who changes one changes all hashes behind it.</summary>
/// <param name="recording">The recording's id: no space in it.</param>
/// <param name="key">The secret of the hashes; none where anyone may make them.</param>
public sealed class ChainWriter(string recording, byte[]? key) : IDisposable
{
    private readonly ChainHash _hash = new(key);
    private int _part;

    /// <summary>Gets the last hash, in hexadecimal.</summary>
    public string Last => Convert.ToHexStringLower(_hash.Last);

    /// <summary>Gets what stands before the header of a further part where parts are joined to one file.</summary>
    public static ReadOnlySpan<byte> JoinedHeader => ChainLines.JoinedHeader;

    /// <summary>Writes the line behind the header of a part.</summary>
    /// <param name="output">Where to.</param>
    public void WritePart(IBufferWriter<byte> output) =>
        ChainLines.WritePart(output, new ChainPart(++_part, recording, _hash.Algorithm, _hash.Last));

    /// <summary>Takes bytes that go to the file, in order: all but what <see cref="WriteMark"/> writes.</summary>
    /// <param name="data">The bytes.</param>
    public void Append(ReadOnlySpan<byte> data) => _hash.Append(data);

    /// <summary>Writes the hash of what was taken since the last one.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="mark">What follows.</param>
    public void WriteMark(IBufferWriter<byte> output, ChainMark mark) => ChainLines.WriteMark(output, mark, _hash.Algorithm, _hash.Close());

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();
}
