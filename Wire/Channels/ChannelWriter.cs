using System.Buffers.Binary;
using System.Buffers.Text;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Wire.Channels;

// The message layout is drawn above ChannelReader, the frame layout above WebSocketFrameReader.
//
// raw     | header of a binary frame | channel       | payload: the caller's, behind the prefix |
//         |<------------- prefix ------------------->|
// base64  | header of a text frame   | '0' + channel | padded base64, encoded here              |
// resume  | header of a binary frame | channel | offset, for a stream | payload               |

/// <summary>
/// Writes channel messages, each as one unfragmented frame. A server passes no mask key; a client passes a new random
/// one for each message.
/// </summary>
/// <param name="protocol">The negotiated protocol.</param>
public sealed class ChannelWriter(StreamProtocol protocol)
{
    /// <summary>The longest prefix of a raw message.</summary>
    public const int MaxPrefixLength = WebSocketFrameWriter.MaxHeaderLength + ChannelLength + OffsetLength;

    private const int ChannelLength = 1;
    private const int OffsetLength = sizeof(long);

    /// <summary>The protocol that this writes.</summary>
    public StreamProtocol Protocol { get; } = protocol;

    /// <summary>The length of <see cref="WritePrefix"/>'s result.</summary>
    /// <param name="payloadLength">The length of the payload that will follow.</param>
    /// <param name="masked">Whether a key goes with it.</param>
    /// <param name="withOffset">Whether an offset goes with it.</param>
    public static int PrefixLength(long payloadLength, bool masked = false, bool withOffset = false)
    {
        var before = ChannelLength + (withOffset ? OffsetLength : 0);
        return WebSocketFrameWriter.HeaderLength(before + payloadLength, masked) + before;
    }

    /// <summary>
    /// Writes all of a raw message that goes before its payload. A masked payload must then go through
    /// <see cref="WebSocketFrameWriter.Mask"/> with the same key at position 1, for the channel is at position 0; at position 9 behind an offset.
    /// </summary>
    /// <param name="destination">Room for <see cref="PrefixLength"/> bytes.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="payloadLength">The length of the payload that will follow.</param>
    /// <param name="maskKey">The key, when a client writes.</param>
    /// <param name="offset">The offset of the payload's first byte, where the protocol has offsets and the channel is a stream.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="InvalidOperationException">The protocol encodes payloads: they cannot just follow.</exception>
    public int WritePrefix(Span<byte> destination, StdioChannel channel, long payloadLength, uint? maskKey = null, long? offset = null)
    {
        if (Protocol.IsBase64)
        {
            throw new InvalidOperationException($"{Protocol} has no raw payloads.");
        }

        var length = ChannelLength + (offset is null ? 0 : OffsetLength);
        var at = WebSocketFrameWriter.WriteHeader(
            destination, WebSocketOpcode.Binary, length + payloadLength, final: true, maskKey);
        var prefix = destination.Slice(at, length);
        prefix[0] = (byte)channel;
        if (offset is { } first)
        {
            BinaryPrimitives.WriteInt64BigEndian(prefix[ChannelLength..], first);
        }

        if (maskKey is { } key)
        {
            WebSocketFrameWriter.Mask(prefix, key);
        }

        return at + length;
    }

    /// <summary>The length of <see cref="WriteMessage"/>'s result.</summary>
    /// <param name="payloadLength">The payload's length.</param>
    /// <param name="masked">Whether a key goes with it.</param>
    public int MessageLength(int payloadLength, bool masked = false)
    {
        var body = ChannelLength + BodyLength(payloadLength);
        return WebSocketFrameWriter.HeaderLength(body, masked) + body;
    }

    /// <summary>
    /// Writes a whole message. With an empty payload it is the server's first message, which tells clients that the
    /// session stands.
    /// </summary>
    /// <param name="destination">Room for <see cref="MessageLength"/> bytes; it must not overlap the payload.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="maskKey">The key, when a client writes.</param>
    /// <returns>The number of bytes written.</returns>
    public int WriteMessage(
        Span<byte> destination, StdioChannel channel, ReadOnlySpan<byte> payload, uint? maskKey = null)
    {
        var length = ChannelLength + BodyLength(payload.Length);
        var opcode = Protocol.IsBase64 ? WebSocketOpcode.Text : WebSocketOpcode.Binary;
        var at = WebSocketFrameWriter.WriteHeader(destination, opcode, length, final: true, maskKey);
        var message = destination.Slice(at, length);
        if (Protocol.IsBase64)
        {
            message[0] = (byte)('0' + (byte)channel);
            Base64.EncodeToUtf8(payload, message[ChannelLength..], out _, out _);
        }
        else
        {
            message[0] = (byte)channel;
            payload.CopyTo(message[ChannelLength..]);
        }

        if (maskKey is { } key)
        {
            WebSocketFrameWriter.Mask(message, key);
        }

        return at + length;
    }

    /// <summary>Writes the message by which a client of v5 closes a channel.</summary>
    /// <param name="destination">Room for <c>MessageLength(1, masked: true)</c> bytes.</param>
    /// <param name="channel">The channel to close: stdin, as a rule.</param>
    /// <param name="maskKey">The key.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="InvalidOperationException">The protocol has no close signal.</exception>
    public int WriteCloseSignal(Span<byte> destination, StdioChannel channel, uint? maskKey)
    {
        if (!Protocol.HasCloseSignal)
        {
            throw new InvalidOperationException($"'{Protocol}' has no close signal.");
        }

        return WriteMessage(destination, StdioChannel.Close, [(byte)channel], maskKey);
    }

    private int BodyLength(int payloadLength) =>
        Protocol.IsBase64 ? Base64.GetMaxEncodedToUtf8Length(payloadLength) : payloadLength;
}
