using System.Buffers.Binary;
using System.Text;

namespace CriAttach.Wire.Spdy;

// https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1/#TOC-2.6.10-Name-Value-Header-Block
//
// count (32)  count x [name length (32) name  value length (32) value]

/// <summary>
/// Opens the header blocks of one direction of a connection. They are one zlib stream: all must go through here, in
/// their order, also those of streams that are refused.
/// </summary>
/// <param name="limits">What is accepted.</param>
public sealed class SpdyHeaderReader(SpdyLimits limits)
{
    private readonly Inflater _inflater = new();

    /// <summary>Opens a block.</summary>
    /// <param name="block">The whole block as a frame carries it.</param>
    /// <exception cref="SpdyProtocolException">The block is broken or over a limit; no further block can be read.</exception>
    public SpdyHeaders Read(ReadOnlySpan<byte> block)
    {
        var rest = _inflater.Inflate(block, limits.HeaderBlock);
        var count = ReadLength(ref rest);
        if (count > (uint)limits.HeaderCount)
        {
            throw new SpdyProtocolException($"A block announces {count} headers; the limit is {limits.HeaderCount}.");
        }

        var fields = new KeyValuePair<string, string>[count];
        foreach (ref var field in fields.AsSpan())
        {
            field = new(ReadText(ref rest), ReadText(ref rest));
        }

        return rest.IsEmpty
            ? new SpdyHeaders(fields)
            : throw new SpdyProtocolException("There are bytes behind the headers of a block.");
    }

    private static uint ReadLength(ref ReadOnlySpan<byte> rest)
    {
        if (!BinaryPrimitives.TryReadUInt32BigEndian(rest, out var length))
        {
            throw new SpdyProtocolException("A header block is cut short.");
        }

        rest = rest[sizeof(uint)..];
        return length;
    }

    // Latin-1: whatever the bytes are, none is lost.
    private static string ReadText(ref ReadOnlySpan<byte> rest)
    {
        var length = ReadLength(ref rest);
        if (length > (uint)rest.Length)
        {
            throw new SpdyProtocolException("A header is longer than its block.");
        }

        var text = Encoding.Latin1.GetString(rest[..(int)length]);
        rest = rest[(int)length..];
        return text;
    }
}
