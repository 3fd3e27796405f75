using System.Buffers;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Transports.WebSocket;

/// <content>What the server sends.</content>
public sealed partial class ChannelConnection
{
    private const int ReceiveBuffer = 16 * 1024;

    private readonly WebSocketFrameReader _frames;
    private readonly ChannelReader _channels;
    private byte[]? _buffer;
    private bool _inFrame;
    private Memory<byte> _unread;
    private StdioChannel _channel;
    private ReadOnlyMemory<byte> _payload;

    /// <summary>How the connection ended; null until <see cref="ReadAsync"/> gave nothing.</summary>
    public ChannelEnd? End { get; private set; }

    /// <summary>Reads the next bytes of standard output, standard error or the status.</summary>
    /// <param name="buffer">Where they go; not empty.</param>
    /// <param name="cancellationToken">Ends the attempt; no byte is lost by it.</param>
    /// <returns>The channel and the number of bytes; 0 when the connection has ended, see <see cref="End"/>.</returns>
    public async ValueTask<ChannelRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (_payload.IsEmpty && End is null)
        {
            try
            {
                if (!TakePiece() && !await FillAsync(cancellationToken))
                {
                    Finish(_unread.IsEmpty && !_inFrame
                        ? new(ChannelEndCause.Cut, "the server has closed the connection")
                        : new(ChannelEndCause.Broken, "the server has closed the connection inside a frame"));
                }
            }
            catch (Exception fault) when (fault is WebSocketProtocolException or ChannelFaultException)
            {
                Finish(new(ChannelEndCause.Fault, fault.Message));
            }
            catch (Exception fault) when (fault is IOException or ObjectDisposedException)
            {
                Finish(new(ChannelEndCause.Broken, fault.Message));
            }
        }

        var count = Math.Min(_payload.Length, buffer.Length);
        _payload[..count].CopyTo(buffer);
        _payload = _payload[count..];
        return new(_channel, count);
    }

    /// <summary>Takes the next piece off what was received.</summary>
    /// <returns><c>false</c> when it takes more bytes to go on.</returns>
    private bool TakePiece()
    {
        var before = _unread.Length;
        if (!_frames.TryRead(ref _unread, out var piece))
        {
            // A header is taken off before the first byte of its payload has come.
            _inFrame |= _unread.Length < before;
            return false;
        }

        switch (piece.Opcode)
        {
            case WebSocketOpcode.Ping:
                Answer(WebSocketOpcode.Pong, piece.Payload.Span);
                break;
            case WebSocketOpcode.Pong:
                break;
            case WebSocketOpcode.Close:
                WebSocketFrameWriter.ReadClose(piece.Payload.Span, out var code, out var reason);
                Answer(WebSocketOpcode.Close, piece.Payload.Span);
                Finish(new(ChannelEndCause.Closed, $"the server has closed the session with code {code} {reason}".TrimEnd()));
                break;
            default:
                _inFrame = !piece.EndsFrame;
                var message = _channels.Read(piece);
                if (message.Kind == ChannelPieceKind.Data)
                {
                    (_channel, _payload) = (message.Channel, message.Payload);
                }

                break;
        }

        return true;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_unread.IsEmpty)
        {
            // Nothing begun: wait without memory.
            ReturnBuffer();
            _ = await _transport.ReadAsync(Memory<byte>.Empty, cancellationToken);
        }

        _buffer ??= ArrayPool<byte>.Shared.Rent(ReceiveBuffer);
        var kept = _unread.Length;
        _unread.CopyTo(_buffer);
        _unread = _buffer.AsMemory(0, kept);
        var count = await _transport.ReadAsync(_buffer.AsMemory(kept), cancellationToken);
        _unread = _buffer.AsMemory(0, kept + count);
        return count > 0;
    }

    private void Finish(ChannelEnd end)
    {
        End = end;
        _unread = default;
        ReturnBuffer();
    }

    private void ReturnBuffer()
    {
        if (_buffer is { } buffer)
        {
            _buffer = null;
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
