using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

namespace CriAttach.Wire.WebSocket;

// The layout is drawn above WebSocketFrameReader.
// https://www.rfc-editor.org/rfc/rfc6455#section-5.2 (frames), 5.3 (masking), 5.5.1 (close)
//
// close payload: | code, 16 bits, big-endian | reason, UTF-8, up to 123 bytes |

/// <summary>
/// Writes frame headers and control frames, and masks payloads. A mask key is four wire bytes read as a big-endian
/// number: its top byte goes first, on the wire and over the payload.
/// </summary>
public static class WebSocketFrameWriter
{
    /// <summary>The longest header: two bytes, a 64-bit length, a key.</summary>
    public const int MaxHeaderLength = 14;

    /// <summary>The longest control frame, header included.</summary>
    public const int MaxControlFrameLength = 2 + KeyLength + WebSocketFrameReader.MaxControlPayload;

    /// <summary>The longest reason of a close frame, in bytes of UTF-8.</summary>
    public const int MaxCloseReasonLength = WebSocketFrameReader.MaxControlPayload - sizeof(ushort);

    private const int KeyLength = 4;
    private const int MaxLength7 = 125;
    private const byte Length16 = 126;
    private const byte Length64 = 127;

    /// <summary>The length of the header of a frame.</summary>
    /// <param name="payloadLength">The frame's payload length.</param>
    /// <param name="masked">Whether a key goes with it.</param>
    public static int HeaderLength(long payloadLength, bool masked = false) =>
        2 + (payloadLength > ushort.MaxValue ? sizeof(ulong) : payloadLength > MaxLength7 ? sizeof(ushort) : 0)
        + (masked ? KeyLength : 0);

    /// <summary>Writes the header of a frame; the payload is the caller's to write behind it.</summary>
    /// <param name="destination">Room for <see cref="HeaderLength"/> bytes.</param>
    /// <param name="opcode">The frame's opcode.</param>
    /// <param name="payloadLength">The frame's payload length.</param>
    /// <param name="final">The FIN bit.</param>
    /// <param name="maskKey">The key, when a client writes; the payload must then go through <see cref="Mask"/>.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public static int WriteHeader(
        Span<byte> destination, WebSocketOpcode opcode, long payloadLength, bool final = true, uint? maskKey = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(payloadLength);
        destination[0] = (byte)((final ? 0x80 : 0) | (byte)opcode);
        var maskBit = maskKey is null ? 0 : 0x80;
        var at = 2;
        if (payloadLength <= MaxLength7)
        {
            destination[1] = (byte)(maskBit | (byte)payloadLength);
        }
        else if (payloadLength <= ushort.MaxValue)
        {
            destination[1] = (byte)(maskBit | Length16);
            BinaryPrimitives.WriteUInt16BigEndian(destination[at..], (ushort)payloadLength);
            at += sizeof(ushort);
        }
        else
        {
            destination[1] = (byte)(maskBit | Length64);
            BinaryPrimitives.WriteInt64BigEndian(destination[at..], payloadLength);
            at += sizeof(long);
        }

        if (maskKey is { } key)
        {
            BinaryPrimitives.WriteUInt32BigEndian(destination[at..], key);
            at += KeyLength;
        }

        return at;
    }

    /// <summary>Masks or unmasks in place: the operation is its own inverse.</summary>
    /// <param name="payload">The bytes, or a part of them.</param>
    /// <param name="maskKey">The frame's key.</param>
    /// <param name="position">Where in the frame's payload these bytes start.</param>
    public static void Mask(Span<byte> payload, uint maskKey, long position = 0)
    {
        Span<byte> key = stackalloc byte[KeyLength];
        BinaryPrimitives.WriteUInt32BigEndian(key, BitOperations.RotateLeft(maskKey, 8 * (int)(position & 3)));
        var word = MemoryMarshal.Read<uint>(key);

        var vectors = MemoryMarshal.Cast<byte, Vector<uint>>(payload);
        var wide = new Vector<uint>(word);
        foreach (ref var vector in vectors)
        {
            vector ^= wide;
        }

        var rest = payload[(vectors.Length * Vector<byte>.Count)..];
        for (var i = 0; i < rest.Length; i++)
        {
            rest[i] ^= key[i & 3];
        }
    }

    /// <summary>Writes a whole control frame.</summary>
    /// <param name="destination">Room for <see cref="MaxControlFrameLength"/> bytes, or less when the payload is shorter.</param>
    /// <param name="opcode">Close, ping or pong.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="maskKey">The key, when a client writes.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The payload is over 125 bytes.</exception>
    public static int WriteControl(
        Span<byte> destination, WebSocketOpcode opcode, ReadOnlySpan<byte> payload, uint? maskKey = null)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            payload.Length, WebSocketFrameReader.MaxControlPayload, nameof(payload));
        var at = WriteHeader(destination, opcode, payload.Length, final: true, maskKey);
        var body = destination.Slice(at, payload.Length);
        payload.CopyTo(body);
        if (maskKey is { } key)
        {
            Mask(body, key);
        }

        return at + payload.Length;
    }

    /// <summary>Writes a whole close frame. A reason too long for it is cut at a character's edge.</summary>
    /// <param name="destination">Room for <see cref="MaxControlFrameLength"/> bytes.</param>
    /// <param name="code">One of <see cref="WebSocketCloseCode"/>.</param>
    /// <param name="reason">The reason, for people to read; it may be empty.</param>
    /// <param name="maskKey">The key, when a client writes.</param>
    /// <returns>The number of bytes written.</returns>
    public static int WriteClose(Span<byte> destination, ushort code, string reason, uint? maskKey = null)
    {
        Span<byte> payload = stackalloc byte[WebSocketFrameReader.MaxControlPayload];
        BinaryPrimitives.WriteUInt16BigEndian(payload, code);
        Encoding.UTF8.GetEncoder().Convert(reason, payload[sizeof(ushort)..], flush: true, out _, out var used, out _);
        return WriteControl(destination, WebSocketOpcode.Close, payload[..(sizeof(ushort) + used)], maskKey);
    }

    /// <summary>Reads the payload of a close frame.</summary>
    /// <param name="payload">The payload; an empty one is allowed and says nothing.</param>
    /// <param name="code">The peer's code; 1005 ("none given") when there is none.</param>
    /// <param name="reason">The peer's reason; bytes that are no UTF-8 come out as U+FFFD.</param>
    public static void ReadClose(ReadOnlySpan<byte> payload, out ushort code, out string reason)
    {
        const ushort noneGiven = 1005;
        var hasCode = payload.Length >= sizeof(ushort);
        code = hasCode ? BinaryPrimitives.ReadUInt16BigEndian(payload) : noneGiven;
        reason = hasCode ? Encoding.UTF8.GetString(payload[sizeof(ushort)..]) : "";
    }
}
