using System.Buffers.Binary;

namespace CriAttach.Wire.Spdy;

// https://www.chromium.org/spdy/spdy-protocol/spdy-protocol-draft3-1/#TOC-2.2-Framing
//
// control  | 1 | version (15) = 3 | type (16)      | flags (8) | length (24) | payload
// data     | 0 | stream id (31)                    | flags (8) | length (24) | bytes
//
// SYN_STREAM     stream (32)  associated stream (32)  priority (3) unused (5) slot (8)  header block
// SYN_REPLY      stream (32)  header block                      HEADERS has the same
// RST_STREAM     stream (32)  status (32), not zero
// SETTINGS       count (32)   count x [flags (8) id (24) value (32)]
// PING           id (32), not zero
// GOAWAY         last good stream (32)  status (32)
// WINDOW_UPDATE  stream (32)  delta (32)

/// <summary>
/// Takes frames off the front of a receive buffer: no copy, no allocation. Data comes in pieces as its bytes arrive, so
/// the longest frame needs no more buffer than the shortest; a control frame comes whole. Header blocks are not opened
/// here: <see cref="SpdyHeaderReader"/> does, and must get all of them.
/// </summary>
/// <param name="limits">What is accepted.</param>
public sealed class SpdyFrameReader(SpdyLimits limits)
{
    /// <summary>The length of a frame's header.</summary>
    public const int HeaderLength = 8;

    private const byte ControlBit = 0x80;
    private const uint IdBits = 0x7FFF_FFFF;
    private const uint LengthBits = 0x00FF_FFFF;
    private const ushort Version = 3;
    private const int IdLength = sizeof(uint);
    private const int PairLength = 2 * sizeof(uint);
    private const int SettingLength = 8;
    private const int SynStreamPrefix = 10;

    private SpdyFlags _flags;
    private uint _streamId;
    private int _left;
    private bool _inData;

    /// <summary>The most that a <c>false</c> from <see cref="TryRead"/> leaves in its input.</summary>
    public int MaxLeftover => HeaderLength + limits.ControlPayload;

    /// <summary>Whether a data frame is begun and not yet complete.</summary>
    public bool InFrame => _inData;

    /// <summary>Reads the next frame, or the next piece of a data frame.</summary>
    /// <param name="input">
    /// Received bytes; what was read is cut off the front. After <c>false</c> the rest (at most <see cref="MaxLeftover"/>
    /// bytes) is to be kept and given again with more bytes behind it.
    /// </param>
    /// <param name="piece">The frame, or a piece of it.</param>
    /// <returns><c>false</c> when it takes more bytes to go on.</returns>
    /// <exception cref="SpdyProtocolException">The peer broke the framing rules, or a limit.</exception>
    public bool TryRead(ref ReadOnlyMemory<byte> input, out SpdyPiece piece)
    {
        piece = default;
        if (!_inData)
        {
            if (input.Length < HeaderLength)
            {
                return false;
            }

            var head = input.Span;
            var first = BinaryPrimitives.ReadUInt32BigEndian(head);
            var second = BinaryPrimitives.ReadUInt32BigEndian(head[sizeof(uint)..]);
            var flags = (SpdyFlags)(second >> 24);
            var length = (int)(second & LengthBits);
            if ((head[0] & ControlBit) != 0)
            {
                return TryReadControl(ref input, (ushort)(first >> 16), (SpdyFrameType)(ushort)first, flags, length, out piece);
            }

            Insist(length <= limits.DataPayload, "A data frame is over the limit.");
            (_flags, _streamId, _left, _inData) = (flags, NotZero(first), length, true);
            input = input[HeaderLength..];
        }

        if (input.IsEmpty && _left > 0)
        {
            return false;
        }

        var count = Math.Min(_left, input.Length);
        _left -= count;
        _inData = _left > 0;
        piece = new(SpdyFrameType.Data, _flags, _streamId, 0, input[..count], !_inData);
        input = input[count..];
        return true;
    }

    private bool TryReadControl(
        ref ReadOnlyMemory<byte> input, ushort version, SpdyFrameType type, SpdyFlags flags, int length, out SpdyPiece piece)
    {
        Insist(version == ((ControlBit << 8) | Version), "The frame is of another version of SPDY.");
        Insist(length <= limits.ControlPayload, "A control frame is over the limit.");
        CheckLength(type, flags, length);
        piece = default;
        if (input.Length < HeaderLength + length)
        {
            return false;
        }

        piece = Parse(type, flags, input.Slice(HeaderLength, length));
        input = input[(HeaderLength + length)..];
        return true;
    }

    // Before the payload is waited for: a wrong length would desynchronise whoever believes it.
    private static void CheckLength(SpdyFrameType type, SpdyFlags flags, int length)
    {
        var sound = type switch
        {
            SpdyFrameType.SynStream => length >= SynStreamPrefix,
            SpdyFrameType.SynReply or SpdyFrameType.Headers => length >= IdLength,
            SpdyFrameType.Settings => length >= sizeof(uint) && (length - sizeof(uint)) % SettingLength == 0,
            SpdyFrameType.Ping => length == sizeof(uint),
            SpdyFrameType.RstStream or SpdyFrameType.GoAway or SpdyFrameType.WindowUpdate => length == PairLength,
            _ => throw new SpdyProtocolException($"There is no control frame of type {(ushort)type}."),
        };
        Insist(sound, "A control frame has a wrong length.");
        Insist(
            flags == 0 || type is not (SpdyFrameType.Ping or SpdyFrameType.GoAway or SpdyFrameType.WindowUpdate),
            "A control frame has flags that it must not have.");
    }

    private static SpdyPiece Parse(SpdyFrameType type, SpdyFlags flags, ReadOnlyMemory<byte> payload)
    {
        var first = BinaryPrimitives.ReadUInt32BigEndian(payload.Span);
        var second = payload.Length >= PairLength ? BinaryPrimitives.ReadUInt32BigEndian(payload.Span[sizeof(uint)..]) : 0;
        switch (type)
        {
            case SpdyFrameType.SynStream:
                return new(type, flags, NotZero(first), 0, payload[SynStreamPrefix..], EndsFrame: true);
            case SpdyFrameType.SynReply or SpdyFrameType.Headers:
                return new(type, flags, NotZero(first), 0, payload[IdLength..], EndsFrame: true);
            case SpdyFrameType.Settings:
                Insist(first == (uint)(payload.Length / SettingLength), "The settings are not as many as they say.");
                return new(type, flags, 0, first, default, EndsFrame: true);
            case SpdyFrameType.Ping:
                Insist(first != 0, "A ping has the id 0.");
                return new(type, flags, 0, first, default, EndsFrame: true);
            case SpdyFrameType.RstStream:
                Insist(second != 0, "A reset has the status 0.");
                return new(type, flags, NotZero(first), second, default, EndsFrame: true);
            default:
                // Zero stands for "none" in GOAWAY and for the connection in WINDOW_UPDATE.
                return new(type, flags, first & IdBits, second, default, EndsFrame: true);
        }
    }

    private static uint NotZero(uint streamId)
    {
        Insist((streamId & IdBits) != 0, "A frame names the stream 0.");
        return streamId & IdBits;
    }

    private static void Insist(bool sound, string otherwise)
    {
        if (!sound)
        {
            throw new SpdyProtocolException(otherwise);
        }
    }
}
