using System.Buffers.Binary;

namespace CriAttach.Wire.WebSocket;

// https://www.rfc-editor.org/rfc/rfc6455#section-5.2
//
//  byte 0             byte 1
// +-+-+-+-+-------+ +-+-------------+---------------------------+----------------+---------
// |F|R|R|R| opcode| |M| length      | 16 or 64 bits of length   | 4 bytes of key | payload
// |I|S|S|S|  (4)  | |A|    (7)      | if length is 126 or 127,  | if MASK is set | xor key,
// |N|V|V|V|       | |S|             | big-endian                |                | by turns
// | |1|2|3|       | |K|             |                           |                |
// +-+-+-+-+-------+ +-+-------------+---------------------------+----------------+---------

/// <summary>
/// Takes frames off the front of a receive buffer: no copy, no allocation. A data frame comes in pieces as its bytes
/// arrive, so the longest frame needs no more buffer than the shortest; a control frame comes whole. How frames form
/// messages is not looked at: in the channel protocols each frame is a message of its own.
/// </summary>
/// <param name="role">The end that reads: a server insists on masked frames, a client on plain ones.</param>
/// <param name="maxFramePayload">The longest payload of a data frame that is accepted.</param>
public sealed class WebSocketFrameReader(
    WebSocketRole role, long maxFramePayload = WebSocketFrameReader.DefaultMaxFramePayload)
{
    /// <summary>The default limit of a data frame's payload: 32 MiB, as in the Kubernetes library.</summary>
    public const long DefaultMaxFramePayload = 32 * 1024 * 1024;

    /// <summary>The longest payload of a control frame.</summary>
    public const int MaxControlPayload = 125;

    /// <summary>The most that a <c>false</c> from <see cref="TryRead"/> leaves in its input.</summary>
    public const int MaxLeftover = WebSocketFrameWriter.MaxHeaderLength + MaxControlPayload;

    private const int MinHeaderLength = 2;
    private const int KeyLength = 4;
    private const byte FinBit = 0x80;
    private const byte ReservedBits = 0x70;
    private const byte OpcodeBits = 0x0F;
    private const byte ControlBit = 0x08;
    private const int KnownOpcodes = 0x0707; // bit n for opcode n: 0-2 and 8-10
    private const byte MaskBit = 0x80;
    private const byte LengthBits = 0x7F;
    private const byte Length16 = 126;
    private const byte Length64 = 127;

    private bool _inFrame;
    private bool _started;
    private Header _frame;
    private long _position;

    /// <summary>Reads the next frame, or the next piece of a data frame.</summary>
    /// <param name="input">
    /// Received bytes, in memory that may be written to: payloads are unmasked in place. What was read is cut off its
    /// front. After <c>false</c> the rest (at most <see cref="MaxLeftover"/> bytes) is to be kept and given again with
    /// more bytes behind it.
    /// </param>
    /// <param name="piece">The frame, or a piece of it.</param>
    /// <returns><c>false</c> when it takes more bytes to go on.</returns>
    /// <exception cref="WebSocketProtocolException">
    /// The peer broke the framing rules, or a data frame is over the limit. The input stays at the offending frame.
    /// </exception>
    public bool TryRead(ref Memory<byte> input, out WebSocketPiece piece)
    {
        piece = default;
        if (!_inFrame)
        {
            if (!TryReadHeader(input.Span, out var header))
            {
                return false;
            }

            if (header.IsControl && input.Length < header.Length + header.PayloadLength)
            {
                return false;
            }

            input = input[header.Length..];
            (_inFrame, _started, _frame, _position) = (true, false, header, 0);
        }

        var left = _frame.PayloadLength - _position;
        if (input.IsEmpty && left > 0)
        {
            return false;
        }

        var count = (int)Math.Min(left, input.Length);
        var payload = input[..count];
        input = input[count..];
        if (_frame.Masked)
        {
            WebSocketFrameWriter.Mask(payload.Span, _frame.MaskKey, _position);
        }

        piece = new(_frame.Opcode, _frame.Final, !_started, count == left, _frame.PayloadLength, payload);
        _started = true;
        _position += count;
        _inFrame = count != left;
        return true;
    }

    private bool TryReadHeader(ReadOnlySpan<byte> input, out Header header)
    {
        header = default;
        if (input.Length < MinHeaderLength)
        {
            return false;
        }

        var opcode = (WebSocketOpcode)(input[0] & OpcodeBits);
        var final = (input[0] & FinBit) != 0;
        var masked = (input[1] & MaskBit) != 0;
        long length = input[1] & LengthBits;
        Check(opcode, final, (input[0] & ReservedBits) != 0, masked, length);

        var at = MinHeaderLength;
        if (length == Length16)
        {
            if (input.Length < at + sizeof(ushort))
            {
                return false;
            }

            length = BinaryPrimitives.ReadUInt16BigEndian(input[at..]);
            at += sizeof(ushort);
        }
        else if (length == Length64)
        {
            if (input.Length < at + sizeof(long))
            {
                return false;
            }

            length = BinaryPrimitives.ReadInt64BigEndian(input[at..]);
            at += sizeof(long);
        }

        if (length < 0)
        {
            throw Broken("The frame's length has its top bit set.");
        }

        if (length > maxFramePayload && ((byte)opcode & ControlBit) == 0)
        {
            throw new WebSocketProtocolException(
                WebSocketCloseCode.MessageTooBig, $"A frame of {length} bytes is over the limit of {maxFramePayload}.");
        }

        uint key = 0;
        if (masked)
        {
            if (input.Length < at + KeyLength)
            {
                return false;
            }

            key = BinaryPrimitives.ReadUInt32BigEndian(input[at..]);
            at += KeyLength;
        }

        header = new(at, opcode, final, masked, key, length);
        return true;
    }

    private void Check(WebSocketOpcode opcode, bool final, bool reservedBits, bool masked, long length)
    {
        if (reservedBits)
        {
            throw Broken("A reserved bit is set, and no extension was negotiated.");
        }

        if (((KnownOpcodes >> (int)opcode) & 1) == 0)
        {
            throw Broken($"The opcode {(byte)opcode} is reserved.");
        }

        if (masked != (role == WebSocketRole.Server))
        {
            throw Broken(masked ? "A server must not mask its frames." : "A client must mask its frames.");
        }

        if (((byte)opcode & ControlBit) != 0 && (!final || length > MaxControlPayload))
        {
            throw Broken(final ? "A control frame is over 125 bytes." : "A control frame is fragmented.");
        }
    }

    private static WebSocketProtocolException Broken(string message) =>
        new(WebSocketCloseCode.ProtocolError, message);

    private readonly record struct Header(
        int Length, WebSocketOpcode Opcode, bool Final, bool Masked, uint MaskKey, long PayloadLength)
    {
        public bool IsControl => ((byte)Opcode & ControlBit) != 0;
    }
}
