using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Streaming.Input;
using CriAttach.Gateway.Streaming.Output;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>One client attached to one container: output, input and end. The first cause to end it wins.</summary>
internal sealed partial class AttachSession
{
    private static readonly TimeSpan ShortFinish = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FaultDrain = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource<SessionEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SessionServices _services;
    private readonly ISessionTransport _transport;
    private readonly ClaimResult _claim;
    private readonly SessionOutput _output;
    private readonly InputBuffer? _buffer;
    private readonly ResizePump _resizes;
    private long _lastActivity;

    /// <summary>Makes a session of a claimed token and an upgraded connection.</summary>
    /// <param name="key">The session.</param>
    /// <param name="claim">What the claim said.</param>
    /// <param name="transport">The connection; the caller disposes it.</param>
    /// <param name="services">What all sessions share.</param>
    public AttachSession(SessionKey key, ClaimResult claim, ISessionTransport transport, SessionServices services)
    {
        Key = key;
        _claim = claim;
        _transport = transport;
        _services = services;
        _output = services.Outputs.Open(claim.Container, new StdioPosition(claim.StartOffset, claim.Epoch));
        _buffer = claim.Streams.Stdin ? new InputBuffer(services.Options.Value.InputBuffer) : null;
        _resizes = new ResizePump(size => services.Calls.ResizeAsync(claim.Container, key, size));
        Touch();
    }

    /// <summary>Gets the session.</summary>
    public SessionKey Key { get; }

    /// <summary>Gets for how long nothing has moved.</summary>
    public TimeSpan IdleFor => _services.Time.GetElapsedTime(Volatile.Read(ref _lastActivity));

    /// <summary>Serves the client until everything is over.</summary>
    /// <returns>Why the session ended.</returns>
    public async Task<EndCause> RunAsync()
    {
        Log.Started(_services.Logger, Key.Id, _claim.Container);
        _services.Metrics.SessionStarted();
        var starting = StartAsync();
        await Task.WhenAny(starting, _end.Task);
        var receiving = ReceiveAsync();
        var sending = SendOutputAsync();
        var typing = _buffer is null ? Task.CompletedTask : SendInputAsync(_buffer);
        var end = await _end.Task;
        Log.Ending(_services.Logger, Key.Id, _claim.Container, end.Cause, end.Detail);
        _output.Cancel();
        await Task.WhenAll(
            FinishAsync(end, receiving, sending),
            LeaveAsync(end, typing));
        await sending;
        await starting;
        await _output.DisposeAsync();
        _services.Metrics.SessionEnded(end.Cause);
        return end.Cause;
    }

    /// <summary>Ends the session, unless something else has ended it before.</summary>
    /// <param name="cause">Why.</param>
    /// <param name="detail">A sentence for the client.</param>
    public void TryEnd(EndCause cause, string detail = "") => _end.TrySetResult(new SessionEnd(cause, detail));

    private void Touch() => Volatile.Write(ref _lastActivity, _services.Time.GetTimestamp());

    private async Task StartAsync()
    {
        try
        {
            if (await _transport.StartAsync(_claim.Streams) is { } end)
            {
                TryEnd(CauseOf(end));
            }
        }
        catch (IOException)
        {
            TryEnd(EndCause.ClientGone);
        }
    }

    private async Task ReceiveAsync() => TryEnd(CauseOf(await _transport.ReceiveAsync(this)));

    private static EndCause CauseOf(ClientEnd end) => end switch
    {
        ClientEnd.Closed => EndCause.ClientDetached,
        ClientEnd.Gone => EndCause.ClientGone,
        _ => EndCause.ProtocolFault,
    };

    /// <summary>Tells the client, and lets it close: a server that closes first can destroy output that is still on its way.</summary>
    private async Task FinishAsync(SessionEnd end, Task receiving, Task sending)
    {
        if (end.Cause == EndCause.ClientGone)
        {
            _transport.Abort();
            await receiving;
            return;
        }

        try
        {
            var patience = end.Cause == EndCause.ContainerExited ? _services.Options.Value.FinishTimeout : ShortFinish;
            await TellAsync(end, sending).WaitAsync(patience, _services.Time);
            if (end.Cause == EndCause.ProtocolFault)
            {
                // Nobody knows where its next frame begins, so its close frame is not seen; clients that wait for us to close are many.
                using var limit = new CancellationTokenSource(FaultDrain, _services.Time);
                await _transport.DrainAsync(limit.Token);
            }
            else
            {
                await receiving.WaitAsync(patience, _services.Time);
            }
        }
        catch (Exception fault) when (fault is TimeoutException or IOException)
        {
            Log.CutOff(_services.Logger, Key.Id, fault);
            _transport.Abort();
        }
        finally
        {
            if (!receiving.IsCompleted || !sending.IsCompleted)
            {
                _transport.Abort();
            }

            await receiving;
        }
    }

    private async Task TellAsync(SessionEnd end, Task sending)
    {
        var status = await StatusAsync(end);
        await sending;
        await _transport.FinishAsync(status);
    }

    /// <summary>Leaves the node: what the client typed before it left still gets there, in bounded time.</summary>
    private async Task LeaveAsync(SessionEnd end, Task typing)
    {
        if (_buffer is not null)
        {
            if (end.Cause is EndCause.ContainerExited or EndCause.ContainerRemoved or EndCause.NodeUnavailable)
            {
                _buffer.Discard();
            }

            _buffer.Complete();
            if (!await DrainedAsync(_buffer, typing))
            {
                _buffer.Discard();
                Log.InputDropped(_services.Logger, Key.Id, _claim.Container);
            }
        }

        await _services.Calls.EndAsync(Key, end.Cause);
    }

    /// <summary>Waits as long as PID 1 reads at all; false when it does not.</summary>
    private async Task<bool> DrainedAsync(InputBuffer buffer, Task typing)
    {
        while (true)
        {
            var before = buffer.Delivered;
            try
            {
                await typing.WaitAsync(_services.Options.Value.InputDrainTimeout, _services.Time);
                return true;
            }
            catch (TimeoutException) when (buffer.Delivered != before)
            {
                // Slow, but it moves.
            }
            catch (TimeoutException)
            {
                return false;
            }
        }
    }

    private async Task SendInputAsync(InputBuffer buffer)
    {
        var pump = new InputPump(_services.Stdio, _claim.Container, _claim.InputProducer, Key.Id, buffer, _services.Logger);
        var fault = await pump.RunAsync();
        _services.Metrics.InputBytes(pump.Sent);
        if (fault is null)
        {
            return;
        }

        Log.InputFailed(_services.Logger, Key.Id, _claim.Container, fault);
        TryEnd(
            CauseOf(fault),
            $"input could not be delivered: {fault.Message}");
    }
}
