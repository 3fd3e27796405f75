using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CriAttach.Wire.Spdy;

// The layouts are drawn above SpdyFrameReader, SpdyHeaderReader and Inflater. Header blocks are not compressed: each is
// one stored part, the first behind a zlib header, and an empty one: what zlib calls a sync flush. Without that Go's inflater
// looks for a next part where there is none, and takes nothing after the first block.
//
// | 78 BB E3 C6 A7 C2 (first only) | 00 | length (16, little-endian) | its complement (16) | headers | 00 00 00 FF FF |

/// <summary>Writes the frames of one direction of a connection; those with headers must go out in the order of their writing.</summary>
public sealed class SpdyFrameWriter
{
    /// <summary>The length of PING.</summary>
    public const int PingLength = SpdyFrameReader.HeaderLength + sizeof(uint);

    private const uint ControlBits = 0x8003_0000;
    private const int MaxBlock = ushort.MaxValue;
    private const int StoredPrefix = 5;
    private const int FlushLength = 5;
    private const int ZlibHeaderLength = 6;
    private const ushort ZlibHeader = 0x78BB;

    private bool _begun;

    /// <summary>Writes SYN_STREAM.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="streamId">The new stream.</param>
    /// <param name="flags">The flags.</param>
    /// <param name="headers">Its headers.</param>
    /// <exception cref="ArgumentException">The headers are too long or hold characters beyond U+00FF.</exception>
    public void SynStream(IBufferWriter<byte> output, uint streamId, SpdyFlags flags, SpdyHeaders headers)
    {
        const int prefix = 10; // stream, associated stream, priority and slot: zero but for the first
        WriteBlockFrame(output, SpdyFrameType.SynStream, streamId, flags, headers, prefix);
    }

    /// <summary>Writes SYN_REPLY.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="streamId">The stream.</param>
    /// <param name="flags">The flags.</param>
    /// <param name="headers">The headers of the reply.</param>
    /// <exception cref="ArgumentException">The headers are too long or hold characters beyond U+00FF.</exception>
    public void SynReply(IBufferWriter<byte> output, uint streamId, SpdyFlags flags, SpdyHeaders headers) =>
        WriteBlockFrame(output, SpdyFrameType.SynReply, streamId, flags, headers, sizeof(uint));

    /// <summary>Writes HEADERS.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="streamId">The stream.</param>
    /// <param name="flags">The flags.</param>
    /// <param name="headers">The headers.</param>
    /// <exception cref="ArgumentException">The headers are too long or hold characters beyond U+00FF.</exception>
    public void Headers(IBufferWriter<byte> output, uint streamId, SpdyFlags flags, SpdyHeaders headers) =>
        WriteBlockFrame(output, SpdyFrameType.Headers, streamId, flags, headers, sizeof(uint));

    /// <summary>Writes the header of a data frame; the data is the caller's to write behind it.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="streamId">The stream.</param>
    /// <param name="flags">The flags.</param>
    /// <param name="length">The length of the data.</param>
    public static void DataHeader(IBufferWriter<byte> output, uint streamId, SpdyFlags flags, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)SpdyLimits.MaxPayload, nameof(length));
        WritePair(output, streamId, ((uint)flags << 24) | (uint)length);
    }

    /// <summary>Writes RST_STREAM.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="streamId">The stream.</param>
    /// <param name="status">Why.</param>
    public static void RstStream(IBufferWriter<byte> output, uint streamId, SpdyStatus status)
    {
        WriteHeader(output, SpdyFrameType.RstStream, SpdyFlags.None, 2 * sizeof(uint));
        WritePair(output, streamId, (uint)status);
    }

    /// <summary>Writes PING.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="id">Its id: a client's are odd, a server's even; an echo has the id of what it echoes.</param>
    public static void Ping(IBufferWriter<byte> output, uint id)
    {
        WriteHeader(output, SpdyFrameType.Ping, SpdyFlags.None, sizeof(uint));
        BinaryPrimitives.WriteUInt32BigEndian(output.GetSpan(sizeof(uint)), id);
        output.Advance(sizeof(uint));
    }

    /// <summary>Writes GOAWAY.</summary>
    /// <param name="output">Where the bytes go.</param>
    /// <param name="lastGoodStream">The last stream of the other side that was accepted.</param>
    /// <param name="status">Why.</param>
    public static void GoAway(IBufferWriter<byte> output, uint lastGoodStream, SpdyGoAwayStatus status)
    {
        WriteHeader(output, SpdyFrameType.GoAway, SpdyFlags.None, 2 * sizeof(uint));
        WritePair(output, lastGoodStream, (uint)status);
    }

    private void WriteBlockFrame(
        IBufferWriter<byte> output, SpdyFrameType type, uint streamId, SpdyFlags flags, SpdyHeaders headers, int prefix)
    {
        var block = sizeof(uint) + headers.Fields.Sum(field => 2 * sizeof(uint) + field.Key.Length + field.Value.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(block, MaxBlock, nameof(headers));
        var compressed = StoredPrefix + block + FlushLength + (_begun ? 0 : ZlibHeaderLength);
        var frame = new byte[SpdyFrameReader.HeaderLength + prefix + compressed];
        BinaryPrimitives.WriteUInt32BigEndian(frame, ControlBits | (ushort)type);
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(4), ((uint)flags << 24) | (uint)(prefix + compressed));
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(8), streamId);

        var rest = frame.AsSpan(SpdyFrameReader.HeaderLength + prefix);
        if (!_begun)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, ZlibHeader);
            BinaryPrimitives.WriteUInt32BigEndian(rest[2..], SpdyDictionary.Id);
            rest = rest[ZlibHeaderLength..];
        }

        BinaryPrimitives.WriteUInt16LittleEndian(rest[1..], (ushort)block);
        BinaryPrimitives.WriteUInt16LittleEndian(rest[3..], (ushort)~block);
        WriteHeaders(rest[StoredPrefix..], headers);
        rest[^2..].Fill(0xFF);
        output.Write(frame);
        _begun = true;
    }

    private static void WriteHeaders(Span<byte> rest, SpdyHeaders headers)
    {
        BinaryPrimitives.WriteInt32BigEndian(rest, headers.Fields.Count);
        rest = rest[sizeof(uint)..];
        foreach (var (name, value) in headers.Fields)
        {
            // Names are sent in lower case, as all peers expect them.
            WriteText(ref rest, name.ToLowerInvariant());
            WriteText(ref rest, value);
        }
    }

    private static void WriteText(ref Span<byte> rest, string text)
    {
        if (text.AsSpan().ContainsAnyExceptInRange('\0', '\u00FF'))
        {
            throw new ArgumentException("A header holds a character beyond U+00FF.", nameof(text));
        }

        BinaryPrimitives.WriteInt32BigEndian(rest, text.Length);
        rest = rest[(sizeof(uint) + Encoding.Latin1.GetBytes(text, rest[sizeof(uint)..]))..];
    }

    private static void WriteHeader(IBufferWriter<byte> output, SpdyFrameType type, SpdyFlags flags, int length) =>
        WritePair(output, ControlBits | (ushort)type, ((uint)flags << 24) | (uint)length);

    private static void WritePair(IBufferWriter<byte> output, uint first, uint second)
    {
        var span = output.GetSpan(2 * sizeof(uint));
        BinaryPrimitives.WriteUInt32BigEndian(span, first);
        BinaryPrimitives.WriteUInt32BigEndian(span[sizeof(uint)..], second);
        output.Advance(2 * sizeof(uint));
    }
}
