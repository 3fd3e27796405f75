using System.Buffers;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Cli.Streaming;

// From the gateway to this side.
internal sealed partial class AttachSession
{
    private const int MaxStatusLength = 64 * 1024;
    private readonly WebSocketFrameReader _frames = new(WebSocketRole.Client);
    private readonly ChannelReader _channels = new(StreamProtocol.V5, WebSocketRole.Client);
    private readonly ArrayBufferWriter<byte> _status = new();

    /// <summary>Waits for what PID 1 writes next.</summary>
    /// <param name="cancellationToken">Ends the wait, not the session.</param>
    /// <returns>The output; null when the session is over, and <see cref="End"/> tells how.</returns>
    public async ValueTask<AttachOutput?> ReadAsync(CancellationToken cancellationToken = default)
    {
        while (_end is null)
        {
            try
            {
                while (_end is null && _frames.TryRead(ref _unread, out var piece))
                {
                    if (Take(piece) is { } output)
                    {
                        return output;
                    }
                }

                if (_end is null && !await FillAsync(cancellationToken))
                {
                    Finish(Lost("the connection was cut"));
                }
            }
            catch (Exception fault) when (fault is WebSocketProtocolException or ChannelFaultException)
            {
                Finish(new(AttachEndKind.ProtocolFault, $"the gateway broke the protocol: {fault.Message}"));
            }
            catch (Exception fault) when (fault is IOException or ObjectDisposedException)
            {
                Finish(Lost(Volatile.Read(ref _gaveUp) ?? fault.Message));
            }
        }

        return null;
    }

    private AttachOutput? Take(in WebSocketPiece piece)
    {
        switch (piece.Opcode)
        {
            case WebSocketOpcode.Ping:
                _controls.Writer.TryWrite(new(WebSocketOpcode.Pong, piece.Payload.ToArray()));
                return null;
            case WebSocketOpcode.Pong:
                return null;
            case WebSocketOpcode.Close:
                WebSocketFrameWriter.ReadClose(piece.Payload.Span, out var code, out var reason);
                _controls.Writer.TryWrite(new(WebSocketOpcode.Close, CloseBody(WebSocketCloseCode.Normal)));
                Finish(Closed(code, reason));
                return null;
        }

        var message = _channels.Read(piece);
        if (message.Kind != ChannelPieceKind.Data || message.Payload.IsEmpty)
        {
            return null;
        }

        if (message.Channel != StdioChannel.Status)
        {
            return new(message.Channel, message.Payload);
        }

        if (_status.WrittenCount + message.Payload.Length > MaxStatusLength)
        {
            throw new ChannelFaultException(WebSocketCloseCode.MessageTooBig, "the status is too long");
        }

        _status.Write(message.Payload.Span);
        return null;
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        var kept = _unread.Length;
        _unread.CopyTo(_buffer);
        _unread = _buffer.AsMemory(0, kept);
        Volatile.Write(ref _lastHeard, _options.Clock.GetTimestamp());
        Volatile.Write(ref _listening, true);
        try
        {
            var count = await _stream.ReadAsync(_buffer.AsMemory(kept), cancellationToken);
            _unread = _buffer.AsMemory(0, kept + count);
            return count > 0;
        }
        finally
        {
            Volatile.Write(ref _listening, false);
        }
    }

    private AttachEnd Closed(ushort code, string reason) => code switch
    {
        _ when Told() is { } told => told,
        WebSocketCloseCode.GoingAway => new(AttachEndKind.ConnectionLost, With("the gateway is going away", reason)),
        WebSocketCloseCode.Normal => new(AttachEndKind.Failed, With("the gateway ended the session without saying how PID 1 is", reason)),
        _ => new(AttachEndKind.Failed, With($"the gateway ended the session with code {code}", reason)),
    };

    private AttachEnd Lost(string why) =>
        Told() ?? new(AttachEndKind.ConnectionLost, $"the connection to the gateway is lost: {why}");

    // What is known without the close frame: that we left, or the status, which comes before it.
    private AttachEnd? Told()
    {
        if (Volatile.Read(ref _detaching) != 0)
        {
            return new(AttachEndKind.Detached);
        }

        if (_status.WrittenCount == 0)
        {
            return null;
        }

        if (!StatusCodec.TryParse(_status.WrittenSpan, StreamProtocol.V5, out var status))
        {
            return new(AttachEndKind.ProtocolFault, "the gateway told the end in words that are no status");
        }

        return status switch
        {
            { IsSuccess: true } => new(AttachEndKind.Exited),
            { ExitCode: { } exitCode } => new(AttachEndKind.Exited, ExitCode: exitCode),
            _ => new(AttachEndKind.Failed, status.Message.Length > 0 ? status.Message : status.Reason),
        };
    }

    private static string With(string what, string reason) => reason.Length > 0 ? $"{what}: {reason}" : what;

    private void Finish(AttachEnd end)
    {
        _end = end;
        _controls.Writer.TryComplete();
    }
}
