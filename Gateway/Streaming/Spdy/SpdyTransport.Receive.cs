using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;
using CriAttach.Transports.Spdy;
using CriAttach.Wire.Channels;
using CriAttach.Wire.Spdy;

namespace CriAttach.Gateway.Streaming.Spdy;

/// <content>What the client sends.</content>
internal sealed partial class SpdyTransport
{
    private readonly TaskCompletionSource<bool> _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<ISessionInput> _receiving = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly InputRoom _room;
    private AttachStreams _wanted;
    private ISessionInput? _sink;
    private Task _accepting = Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<ClientEnd> ReceiveAsync(ISessionInput input)
    {
        _sink = input;
        _receiving.TrySetResult(input);
        var accepting = _accepting;
        if (await Task.WhenAny(accepting, _stuck.Task) != accepting)
        {
            return ClientEnd.Gone;
        }

        await accepting;
        return EndOf(await _connection.Completion);
    }

    private static ClientEnd EndOf(SpdyEnd end) => end.Cause switch
    {
        SpdyEndCause.WentAway => ClientEnd.Closed,
        SpdyEndCause.Fault => ClientEnd.Fault,
        _ => ClientEnd.Gone,
    };

    // Completes when the connection has ended and all that came before has got through.
    private async Task AcceptAsync()
    {
        List<Task> pumps = [];
        await foreach (var stream in _connection.Incoming.ReadAllAsync())
        {
            if (!_streams.TryAdd(stream))
            {
                // One too many, or of a type that nobody knows: its client must not wait for it.
                await stream.ResetAsync(SpdyStatus.RefusedStream);
            }
            else if (stream == _streams.Stdin && _wanted.Stdin)
            {
                pumps.Add(PumpStdinAsync(stream));
            }
            else if (stream == _streams.Resize)
            {
                pumps.Add(PumpResizesAsync(stream));
            }
            else
            {
                stream.DiscardInput();
            }

            if (_streams.IsComplete(_wanted))
            {
                _complete.TrySetResult(true);
            }
        }

        _complete.TrySetResult(false);
        await Task.WhenAll(pumps);
    }

    private async Task PumpStdinAsync(SpdyStream stdin)
    {
        var input = await _receiving.Task;
        while (true)
        {
            var result = await stdin.Input.ReadAsync();
            foreach (var part in result.Buffer)
            {
                var room = input.WriteAsync(part.Span);
                if (!room.IsCompleted && !await _room.WaitAsync(room, input))
                {
                    _stuck.TrySetResult();
                    await stdin.Input.CompleteAsync();
                    return;
                }
            }

            stdin.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                break;
            }
        }

        // Where the connection ended first, the session's end says what that means for the input.
        if (stdin.End != SpdyStreamEnd.ConnectionEnded)
        {
            input.End();
        }
    }

    private async Task PumpResizesAsync(SpdyStream resize)
    {
        var input = await _receiving.Task;
        var reader = new ResizeReader();
        while (true)
        {
            var result = await resize.Input.ReadAsync();
            foreach (var part in result.Buffer)
            {
                var bytes = part.Span;
                while (reader.TryRead(ref bytes, out var size))
                {
                    input.Resize(new TerminalSize { Width = size.Width, Height = size.Height });
                }
            }

            resize.Input.AdvanceTo(result.Buffer.End);
            if (result.IsCompleted)
            {
                return;
            }
        }
    }
}
