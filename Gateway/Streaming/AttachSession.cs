using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Streaming.Input;
using CriAttach.Gateway.Streaming.Output;
using CriAttach.Gateway.Streaming.Resume;
using CriAttach.Gateway.Telemetry;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>One client attached to one container: output, input and end. The first cause to end it wins.</summary>
internal sealed partial class AttachSession : ILiveSession
{
    private readonly TaskCompletionSource<SessionEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SessionServices _services;
    private readonly ISessionTransport _transport;
    private readonly ClaimedSession _claimed;
    private readonly ClaimResult _claim;
    private readonly IResumeLink? _link;
    private readonly SessionOutput _output;
    private readonly InputBuffer? _buffer;
    private readonly ResizePump _resizes;
    private readonly ActivityWatch _activity;

    /// <summary>Makes a session of a claimed token and an upgraded connection.</summary>
    /// <param name="claimed">The session.</param>
    /// <param name="transport">The connection; the caller disposes it.</param>
    /// <param name="services">What all sessions share.</param>
    public AttachSession(ClaimedSession claimed, ISessionTransport transport, SessionServices services)
    {
        var claim = claimed.Claim;
        _claimed = claimed;
        _claim = claim;
        _link = transport.Resume;
        _transport = transport;
        _services = services;
        var policy = DeliveryPolicy.For(services.Options.Value, claim.PodNamespace, claim.Delivery);
        _output = services.Outputs.Open(claim.Container, new StdioPosition(claim.StartOffset, claim.Epoch), policy, mayHold: !claimed.IsResumed);
        _epoch = claim.Epoch;
        _buffer = claim.Streams.Stdin && claimed.IsHeard ? new InputBuffer(services.Options.Value.InputBuffer) : null;
        _resizes = new ResizePump(size => services.Calls.ResizeAsync(claim.Container, Key, size));
        _activity = new ActivityWatch(services.Time);
        if (claim.Share is { } share)
        {
            Hear(share, revision: 0);
        }
    }

    /// <summary>Gets the session.</summary>
    public SessionKey Key => _claimed.Key;

    /// <inheritdoc/>
    public TimeSpan IdleFor => _activity.IdleFor;

    /// <inheritdoc/>
    public async Task<EndCause> RunAsync()
    {
        Log.Started(_services.Logger, Key.Id, _claim.Container);
        _services.Metrics.SessionStarted(SessionKind.Attach);
        var starting = StartAsync();
        await Task.WhenAny(starting, _end.Task);
        var receiving = ReceiveAsync();
        var sending = SendOutputAsync();
        var typing = _buffer is null ? Task.CompletedTask : SendInputAsync(_buffer);
        var end = await _end.Task;
        Log.Ending(_services.Logger, Key.Id, _claim.Container, end.Cause, end.Detail);
        if (IsInterrupted(end))
        {
            _link?.Interrupt();
        }

        _output.Cancel();
        await Task.WhenAll(
            FinishAsync(end, receiving, sending),
            LeaveAsync(end, typing));
        await sending;
        await starting;
        await _output.DisposeAsync();
        _services.Metrics.SessionEnded(SessionKind.Attach, end.Cause);
        return end.Cause;
    }

    /// <inheritdoc/>
    public void TryEnd(EndCause cause, string detail = "") => _end.TrySetResult(new SessionEnd(cause, detail));

    private async Task StartAsync()
    {
        try
        {
            if (await _transport.StartAsync(_claim.Streams) is { } end)
            {
                TryEnd(end.ToCause());
            }
            else if (_link is not null)
            {
                await _link.GreetAsync(Hello());
                _greeted.SetResult();
            }
        }
        catch (IOException)
        {
            TryEnd(EndCause.ClientGone);
        }
    }

    private async Task ReceiveAsync() => TryEnd((await _transport.ReceiveAsync(this)).ToCause());

    private async Task FinishAsync(SessionEnd end, Task receiving, Task sending)
    {
        var farewell = new ClientFarewell(_transport, _services.Options.Value, _services.Time);
        if (await farewell.SayAsync(end.Cause, () => LastWordsAsync(end), receiving, sending) is { } fault)
        {
            Log.CutOff(_services.Logger, Key.Id, fault);
        }
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

            _buffer.Complete(ends: !IsInterrupted(end));
            if (!await _buffer.DrainedAsync(typing, _services.Options.Value.InputDrainTimeout, _services.Time))
            {
                _buffer.Discard();
                Log.InputDropped(_services.Logger, Key.Id, _claim.Container);
            }
        }

        await _services.Calls.LeaveAsync(_claimed, end.Cause);
    }

    private async Task SendInputAsync(InputBuffer buffer)
    {
        var pump = new InputPump(
            _services.Stdio, _claim.Container, _claim.InputProducer, _claim.InputStart, Key.Id, buffer, this, _services.Logger);
        var fault = await pump.RunAsync();
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
