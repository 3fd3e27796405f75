using System.Buffers;
using CriAttach.Wire.Channels;
using CriAttach.Wire.Resume;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Cli.Streaming;

// From the gateway to this side.
internal sealed partial class AttachSession
{
    private const int MaxStatusLength = 64 * 1024;
    private readonly WebSocketFrameReader _frames = new(WebSocketRole.Client);
    private readonly ChannelReader _channels;
    private readonly ArrayBufferWriter<byte> _status = new();
    private readonly ArrayBufferWriter<byte> _control = new();

    /// <inheritdoc/>
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

        switch (message.Channel)
        {
            case StdioChannel.Status:
                Gather(_status, message.Payload.Span, MaxStatusLength);
                return null;
            case StdioChannel.Control:
                Gather(_control, message.Payload.Span, ResumeCodec.MaxLength);
                if (message.EndsMessage)
                {
                    Hear();
                }

                return null;
            default:
                return new(message.Channel, message.Payload, message.Offset);
        }
    }

    private static void Gather(ArrayBufferWriter<byte> text, ReadOnlySpan<byte> piece, int limit)
    {
        if (text.WrittenCount + piece.Length > limit)
        {
            throw new ChannelFaultException(WebSocketCloseCode.MessageTooBig, $"a message has more than {limit} bytes");
        }

        text.Write(piece);
    }

    private void Hear()
    {
        if (ResumeCodec.TryParse(_control.WrittenSpan, out var heard))
        {
            _options.Control?.Invoke(heard);
        }

        _control.Clear();
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
        WebSocketCloseCode.ServiceRestart => new(AttachEndKind.ConnectionLost, With("the gateway hands the session over", reason)),
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

        if (!StatusCodec.TryParse(_status.WrittenSpan, Protocol, out var status))
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
