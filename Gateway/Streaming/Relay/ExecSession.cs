using CriAttach.Gateway.Streaming.Input;
using CriAttach.Gateway.Telemetry;
using CriAttach.Interfaces.Sessions;
using CriAttach.Transports.Spdy;
using CriAttach.Wire.Spdy;

namespace CriAttach.Gateway.Streaming.Relay;

/// <summary>A client's exec: its connection here, the runtime's there. Neither direction waits for the other, and the first cause to end it wins.</summary>
internal sealed partial class ExecSession : ILiveSession
{
    private static readonly TimeSpan RuntimeFarewell = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource<SessionEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RelayTarget _target;
    private readonly ExecStreams _wanted;
    private readonly ISessionTransport _transport;
    private readonly SpdyConnection _runtime;
    private readonly RelayServices _services;
    private readonly ActivityWatch _activity;
    private readonly InputBuffer? _buffer;
    private readonly ResizePump _resizes;
    private Task<ExecStreamSet?> _starting = Task.FromResult<ExecStreamSet?>(null);

    /// <summary>Makes a session of an upgraded connection.</summary>
    /// <param name="target">What the token stood for.</param>
    /// <param name="wanted">What the request asked for.</param>
    /// <param name="transport">The client's connection; the caller disposes it.</param>
    /// <param name="runtime">The runtime's connection; disposed at the end.</param>
    /// <param name="services">What all relays share.</param>
    public ExecSession(RelayTarget target, ExecStreams wanted, ISessionTransport transport, SpdyConnection runtime, RelayServices services)
    {
        (_target, _wanted, _transport, _runtime, _services) = (target, wanted, transport, runtime, services);
        _activity = new ActivityWatch(services.Time);
        _buffer = wanted.Stdin ? new InputBuffer(services.Options.Value.InputBuffer) : null;
        _resizes = new ResizePump(ResizeAsync);
    }

    /// <inheritdoc/>
    public TimeSpan IdleFor => _activity.IdleFor;

    /// <inheritdoc/>
    public async Task<EndCause> RunAsync()
    {
        RelayEndpoint.Log.Started(_services.Logger, _target);
        _services.Metrics.SessionStarted(SessionKind.Exec);
        _starting = StartAsync();
        await Task.WhenAny(_starting, _end.Task);
        var receiving = ReceiveAsync();
        var sending = SendOutputAsync();
        var typing = SendInputAsync();
        var end = await _end.Task;
        RelayEndpoint.Log.Ending(_services.Logger, _target, end.Cause, end.Detail);
        await Task.WhenAll(FinishAsync(end, receiving, sending), LeaveAsync(end, typing));
        await Task.WhenAll(sending, typing);
        _services.Metrics.SessionEnded(SessionKind.Exec, end.Cause);
        return end.Cause;
    }

    /// <inheritdoc/>
    public void TryEnd(EndCause cause, string detail = "") => _end.TrySetResult(new SessionEnd(cause, detail));

    // The command begins when the runtime has its streams: not before the client has its own.
    private async Task<ExecStreamSet?> StartAsync()
    {
        try
        {
            return await OpenAsync();
        }
        catch (Exception fault)
        {
            RelayEndpoint.Log.Failed(_services.Logger, _target, fault);
            TryEnd(EndCause.Failed, fault.Message);
            return null;
        }
    }

    private async Task<ExecStreamSet?> OpenAsync()
    {
        try
        {
            if (await _transport.StartAsync(new AttachStreams { Stdin = _wanted.Stdin, Stdout = _wanted.Stdout, Stderr = _wanted.Stderr, Tty = _wanted.Tty }) is { } end)
            {
                TryEnd(end.ToCause());
                return null;
            }
        }
        catch (IOException)
        {
            TryEnd(EndCause.ClientGone);
            return null;
        }

        try
        {
            return await ExecStreamSet.OpenAsync(_runtime, _wanted);
        }
        catch (Exception fault) when (fault is IOException or TimeoutException)
        {
            TryEnd(EndCause.Failed, $"the runtime did not take the streams: {fault.Message}");
            return null;
        }
    }

    private async Task ReceiveAsync() => TryEnd((await _transport.ReceiveAsync(this)).ToCause());

    private async Task FinishAsync(SessionEnd end, Task receiving, Task sending)
    {
        var farewell = new ClientFarewell(_transport, _services.Options.Value, _services.Time);
        if (await farewell.SayAsync(end.Cause, () => Task.FromResult(StatusOf(end)), receiving, sending) is { } fault)
        {
            RelayEndpoint.Log.CutOff(_services.Logger, _target, fault);
        }
    }

    /// <summary>Leaves the runtime: what the client typed before it left still gets there, in bounded time.</summary>
    private async Task LeaveAsync(SessionEnd end, Task typing)
    {
        if (end.Cause is EndCause.ContainerExited or EndCause.Failed)
        {
            _buffer?.Discard();
        }

        _buffer?.Complete();
        if (_starting.IsCompleted)
        {
            var typed = _buffer is null || await _buffer.DrainedAsync(typing, _services.Options.Value.InputDrainTimeout, _services.Time);
            if (typed)
            {
                await SayGoodbyeAsync(await _starting);
            }
            else
            {
                _buffer?.Discard();
                RelayEndpoint.Log.InputDropped(_services.Logger, _target);
            }
        }

        await _runtime.DisposeAsync();
    }

    // Nothing is cut off that is on its way to the runtime: it is told that this is all, and closes.
    private async Task SayGoodbyeAsync(ExecStreamSet? streams)
    {
        using var limit = new CancellationTokenSource(RuntimeFarewell, _services.Time);
        try
        {
            foreach (var stream in streams?.Readable ?? [])
            {
                await stream.ResetAsync(SpdyStatus.Cancel).WaitAsync(limit.Token);
            }

            await _runtime.GoAwayAsync(SpdyGoAwayStatus.Ok).WaitAsync(limit.Token);
            await _runtime.DrainAsync(limit.Token);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // It is gone, or has had its time.
        }
    }
}
