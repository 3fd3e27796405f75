using System.Buffers;
using System.Buffers.Text;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Wire.Channels;

// https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/streaming/pkg/wsstream (PROTOCOL.md 3.2)
//
// Every frame is a message, a continuation frame too. Text or binary: not looked at.
//
//         byte 0         the rest of the frame
// raw     channel 0..4   payload
// v5      255            one byte: the channel, 0..4, that the client has closed; no more, no less
// base64  '0' + channel  payload in padded base64, decoded whole or not at all
// resume  0..2           the offset of the payload's first byte, 8 bytes, the highest first; then the payload
//         3..5           payload

/// <summary>
/// Turns pieces of data frames into pieces of channels. Raw payloads are slices of the frame's own memory. A base64
/// message that did not come in one piece is gathered in memory of its own, which goes to the caller with it: an idle
/// reader holds none.
/// </summary>
/// <param name="protocol">The negotiated protocol.</param>
/// <param name="role">
/// The end that reads: a server takes stdin, resize and close signals, a client takes stdout, stderr and status.
/// </param>
/// <param name="maxBase64Message">The longest base64 message, in characters, its channel included.</param>
public sealed class ChannelReader(
    StreamProtocol protocol,
    WebSocketRole role = WebSocketRole.Server,
    int maxBase64Message = ChannelReader.DefaultMaxBase64Message)
{
    /// <summary>The default limit of a base64 message: 1 MiB of characters, 768 KiB of payload.</summary>
    public const int DefaultMaxBase64Message = 1024 * 1024;

    private const int FirstBuffer = 4096;
    private const int CloseSignalLength = 2;
    private const StdioChannel LastChannel = StdioChannel.Resize;
    private const StdioChannel LastStream = StdioChannel.Stderr;

    private static ReadOnlySpan<byte> Alphabet => "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8;

    private State _state;
    private StdioChannel _channel;
    private byte[]? _gathered;
    private int _count;
    private long _offset;
    private int _offsetBytes;

    private enum State
    {
        Raw,
        Base64,
        CloseSignal,
        Offset,
        Ignored,
    }

    /// <summary>Reads a piece of a data frame. Pieces come in order, none left out.</summary>
    /// <param name="piece">The piece.</param>
    /// <returns>What it means.</returns>
    /// <exception cref="ChannelFaultException">
    /// A close signal that names no channel or has a wrong length (close code 1000), a base64 message over the
    /// limit (1009), or a stream's message without its offset (1002).
    /// </exception>
    /// <exception cref="ArgumentException">The piece is a control frame.</exception>
    public ChannelPiece Read(in WebSocketPiece piece)
    {
        if (piece.IsControl)
        {
            throw new ArgumentException("A control frame belongs to no channel.", nameof(piece));
        }

        var payload = piece.Payload;
        if (piece.StartsFrame)
        {
            if (payload.IsEmpty)
            {
                _state = State.Ignored;
                return new(ChannelPieceKind.Ignored);
            }

            Start(payload.Span[0], piece.FramePayloadLength);
            payload = payload[1..];
        }

        return _state switch
        {
            State.Raw => ReadRaw(payload, piece.EndsFrame),
            State.Offset => ReadOffset(payload, piece.EndsFrame),
            State.Base64 => ReadBase64(payload, piece.StartsFrame, piece.EndsFrame),
            State.CloseSignal => ReadCloseSignal(payload.Span),
            _ => new(ChannelPieceKind.Ignored),
        };
    }

    private void Start(byte first, long length)
    {
        _channel = (StdioChannel)(protocol.IsBase64 ? (byte)(first - '0') : first);
        if (_channel == StdioChannel.Close && protocol.HasCloseSignal && role == WebSocketRole.Server)
        {
            _state = length == CloseSignalLength
                ? State.CloseSignal
                : throw new ChannelFaultException(
                    WebSocketCloseCode.Normal, $"A close signal has two bytes, not {length}.");
        }
        else if (!IsWanted(_channel))
        {
            _state = State.Ignored;
        }
        else if (!protocol.IsBase64)
        {
            (_state, _offset, _offsetBytes) = (protocol.HasOffsets && _channel <= LastStream ? State.Offset : State.Raw, 0, 0);
        }
        else if (length <= maxBase64Message)
        {
            (_state, _gathered, _count) = (State.Base64, null, 0);
        }
        else
        {
            throw new ChannelFaultException(
                WebSocketCloseCode.MessageTooBig,
                $"A base64 message of {length} characters is over the limit of {maxBase64Message}.");
        }
    }

    private bool IsWanted(StdioChannel channel) => channel == StdioChannel.Control
        ? protocol.HasOffsets
        : role == WebSocketRole.Server
        ? channel is StdioChannel.Stdin or StdioChannel.Resize
        : channel is StdioChannel.Stdout or StdioChannel.Stderr or StdioChannel.Status;

    private ChannelPiece ReadRaw(Memory<byte> payload, bool last)
    {
        var offset = _offset;
        _offset += payload.Length;
        return new(ChannelPieceKind.Data, _channel, payload, last, offset);
    }

    private ChannelPiece ReadOffset(Memory<byte> payload, bool last)
    {
        var count = Math.Min(sizeof(long) - _offsetBytes, payload.Length);
        foreach (var one in payload.Span[..count])
        {
            _offset = (_offset << 8) | one;
        }

        _offsetBytes += count;
        if (_offsetBytes == sizeof(long) && _offset >= 0)
        {
            _state = State.Raw;
            return ReadRaw(payload[count..], last);
        }

        return !last && _offsetBytes < sizeof(long)
            ? new(ChannelPieceKind.Pending)
            : throw new ChannelFaultException(WebSocketCloseCode.ProtocolError, $"A message of channel {(byte)_channel} has no offset.");
    }

    private static ChannelPiece ReadCloseSignal(ReadOnlySpan<byte> payload)
    {
        if (payload.IsEmpty)
        {
            return new(ChannelPieceKind.Pending);
        }

        return (StdioChannel)payload[0] <= LastChannel
            ? new(ChannelPieceKind.CloseChannel, (StdioChannel)payload[0], endsMessage: true)
            : throw new ChannelFaultException(
                WebSocketCloseCode.Normal, $"A close signal names the unknown channel {payload[0]}.");
    }

    private ChannelPiece ReadBase64(Memory<byte> payload, bool first, bool last)
    {
        if (!first || !last)
        {
            Gather(payload.Span);
            if (!last)
            {
                return new(ChannelPieceKind.Pending);
            }

            payload = _gathered.AsMemory(0, _count);
            _gathered = null;
        }

        // Characters outside the alphabet, white space excepted, and a wrong padding are all InvalidData.
        ClearSpareBits(payload.Span);
        return Base64.DecodeFromUtf8InPlace(payload.Span, out var decoded) == OperationStatus.Done
            ? new(ChannelPieceKind.Data, _channel, payload[..decoded], endsMessage: true)
            : new(ChannelPieceKind.Malformed, _channel, endsMessage: true);
    }

    // The bits of the last character that encode nothing: Go does not look at them, Base64 insists on zeros.
    private static void ClearSpareBits(Span<byte> text)
    {
        var last = text.LastIndexOfAnyExcept("= \t\r\n"u8);
        var spare = last < 0 ? 0 : text[last..].Count((byte)'=');
        var value = last < 0 ? -1 : Alphabet.IndexOf(text[last]);
        if (spare is 1 or 2 && value >= 0)
        {
            text[last] = Alphabet[value & (0x3F << (2 * spare))];
        }
    }

    // Grows with what has come, not with what the frame's header promised.
    private void Gather(ReadOnlySpan<byte> payload)
    {
        var needed = _count + payload.Length;
        if (_gathered is null || needed > _gathered.Length)
        {
            Array.Resize(ref _gathered, Math.Max(needed, Math.Max(FirstBuffer, _count * 2)));
        }

        payload.CopyTo(_gathered.AsSpan(_count));
        _count = needed;
    }
}
