using System.Collections.Concurrent;
using CriAttach.Gateway.Telemetry;
using CriAttach.Interfaces.Sessions;
using CriAttach.Transports.Spdy;
using CriAttach.Wire.Spdy;

namespace CriAttach.Gateway.Streaming.Relay;

/// <summary>
/// A client that forwards ports: each of its streams gets one on the runtime's side with the same headers, in the same order, so that all that
/// pairs them passes through: types, ports, request ids. The first cause to end it wins.
/// </summary>
/// <param name="target">What the token stood for.</param>
/// <param name="client">The client; its connection is disposed at the end.</param>
/// <param name="runtime">The runtime's connection; disposed at the end.</param>
/// <param name="activity">When something last moved.</param>
/// <param name="services">What all relays share.</param>
internal sealed class PortForwardSession(
    RelayTarget target, PortForwardClient client, SpdyConnection runtime, ActivityWatch activity, RelayServices services) : ILiveSession
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource<SessionEnd> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ConcurrentDictionary<Task, byte> _toRuntime = new();
    private readonly ConcurrentDictionary<Task, byte> _toClient = new();

    /// <inheritdoc/>
    public TimeSpan IdleFor => activity.IdleFor;

    /// <inheritdoc/>
    public async Task<EndCause> RunAsync()
    {
        RelayEndpoint.Log.Started(services.Logger, target);
        services.Metrics.SessionStarted(SessionKind.PortForward);
        client.Connection.Start();
        var accepting = AcceptAsync();
        var watching = Task.WhenAll(WatchClientAsync(), WatchRuntimeAsync());
        var end = await _end.Task;
        RelayEndpoint.Log.Ending(services.Logger, target, end.Cause, end.Detail);

        await SettleAsync(end.Cause);
        var leaving = LeaveAsync(runtime);
        if (!await LeaveAsync(client.Connection))
        {
            client.Abort();
        }

        await leaving;
        await runtime.DisposeAsync();
        await client.Connection.DisposeAsync();
        await accepting;
        await watching;
        await Task.WhenAll([.. _toRuntime.Keys, .. _toClient.Keys]);
        services.Metrics.SessionEnded(SessionKind.PortForward, end.Cause);
        return end.Cause;
    }

    /// <inheritdoc/>
    public void TryEnd(EndCause cause, string detail = "") => _end.TrySetResult(new SessionEnd(cause, detail));

    private async Task AcceptAsync()
    {
        await foreach (var stream in client.Connection.Incoming.ReadAllAsync())
        {
            // The runtime's stream is opened before this returns, so the order holds; its reply is not waited for.
            _ = Track(_toRuntime, RelayAsync(stream));
        }
    }

    private async Task RelayAsync(SpdyStream stream)
    {
        SpdyStream other;
        try
        {
            other = await runtime.OpenAsync(stream.Headers);
        }
        catch (Exception fault) when (fault is IOException or TimeoutException)
        {
            // The runtime's word where it said one.
            await stream.ResetAsync((fault as SpdyStreamClosedException)?.Status ?? SpdyStatus.RefusedStream);
            stream.DiscardInput();
            return;
        }

        _ = Track(_toClient, new StreamPump(other, stream, bytes => Moved(services.Metrics.OutputBytes, bytes)).RunAsync());
        await new StreamPump(stream, other, bytes => Moved(services.Metrics.InputBytes, bytes)).RunAsync();
    }

    private void Moved(Action<long> count, long bytes)
    {
        activity.Touch();
        count(bytes);
    }

    private async Task Track(ConcurrentDictionary<Task, byte> tasks, Task task)
    {
        tasks[task] = 0;
        try
        {
            await task;
        }
        catch (Exception fault)
        {
            RelayEndpoint.Log.Failed(services.Logger, target, fault);
            TryEnd(EndCause.Failed, fault.Message);
        }
        finally
        {
            tasks.TryRemove(task, out _);
        }
    }

    private async Task WatchClientAsync() => TryEnd((await client.Connection.Completion).Cause switch
    {
        SpdyEndCause.WentAway or SpdyEndCause.Closed => EndCause.ClientDetached,
        SpdyEndCause.Fault => EndCause.ProtocolFault,
        _ => EndCause.ClientGone,
    });

    private async Task WatchRuntimeAsync()
    {
        var end = await runtime.Completion;
        TryEnd(end.Cause == SpdyEndCause.WentAway ? EndCause.ContainerExited : EndCause.Failed, $"the runtime's connection ended: {end.Message}");
    }

    /// <summary>What has come from the one that left goes on to the other, in bounded time.</summary>
    private async Task SettleAsync(EndCause cause)
    {
        var left = cause switch
        {
            EndCause.ClientDetached or EndCause.ClientGone or EndCause.ProtocolFault => _toRuntime,
            EndCause.ContainerExited or EndCause.Failed => _toClient,
            _ => null,
        };
        try
        {
            await Task.WhenAll(left?.Keys ?? []).WaitAsync(services.Options.Value.InputDrainTimeout, services.Time);
        }
        catch (TimeoutException)
        {
            RelayEndpoint.Log.InputDropped(services.Logger, target);
        }
    }

    /// <summary>Says goodbye, and lets the other side close; false when it does not in time.</summary>
    private async Task<bool> LeaveAsync(SpdyConnection connection)
    {
        try
        {
            using var limit = new CancellationTokenSource(Farewell, services.Time);
            await connection.GoAwayAsync(SpdyGoAwayStatus.Ok).WaitAsync(limit.Token);
            await connection.DrainAsync(limit.Token);
            return !limit.IsCancellationRequested;
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException)
        {
            // It is gone, or has had its time.
            return false;
        }
    }
}
