using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Stdio;
using Orleans.Streams;

namespace CriAttach.Gateway.Streaming.Output;

/// <summary>One subscription to a container's output, and the window that it fills. Where the provider gives up, it is tried again with a new client.</summary>
internal sealed partial class OutputFeed : IAsyncObserver<StdioChunk>, IAsyncDisposable
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    private readonly IContainerStdio _stdio;
    private readonly ContainerKey _container;
    private readonly bool _mayHold;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private IAsyncDisposable? _subscription;

    private OutputFeed(IContainerStdio stdio, ContainerKey container, StdioPosition from, bool mayHold, int limit, TimeSpan patience, TimeProvider time, ILogger logger)
    {
        _stdio = stdio;
        _patience = patience;
        _container = container;
        _mayHold = mayHold;
        _time = time;
        _logger = logger;
        Window = new OutputWindow(from, limit);
        First = Window.TryJoin(from, maxBacklog: 0)!;
    }

    /// <summary>Gets what has come and is not read yet.</summary>
    public OutputWindow Window { get; }

    /// <summary>Gets the cursor of the one who opened the feed. It was there before the first byte came, so nothing was let go.</summary>
    public OutputCursor First { get; }

    /// <summary>Subscribes.</summary>
    /// <param name="stdio">The byte path.</param>
    /// <param name="container">The container.</param>
    /// <param name="from">The first byte that is wanted.</param>
    /// <param name="mayHold">Whether a full window may slow PID 1 down.</param>
    /// <param name="limit">The window's size.</param>
    /// <param name="patience">How long the node may be out of reach.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public static async Task<OutputFeed> OpenAsync(
        IContainerStdio stdio, ContainerKey container, StdioPosition from, bool mayHold, int limit, TimeSpan patience, TimeProvider time, ILogger logger)
    {
        // Not on the caller's stack, which may hold a lock.
        await Task.Yield();
        var feed = new OutputFeed(stdio, container, from, mayHold, limit, patience, time, logger);
        feed._subscription = await stdio.SubscribeAsync(container, from, mayHold, feed, CancellationToken.None);
        return feed;
    }

    /// <inheritdoc/>
    public Task OnNextAsync(StdioChunk item, StreamSequenceToken? token = null)
    {
        switch (item.Kind)
        {
            case StdioChunkKind.Data when !item.Data.IsEmpty:
            case StdioChunkKind.Gap when item.GapLength != 0:
                return Window.AppendAsync(item);
            case StdioChunkKind.End:
                Window.Complete(fault: null);
                return Task.CompletedTask;
            default:
                return Task.CompletedTask;
        }
    }

    /// <inheritdoc/>
    public Task OnCompletedAsync()
    {
        Window.Complete(fault: null);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task OnErrorAsync(Exception ex)
    {
        if (ex is ContainerNotFoundException)
        {
            Window.Complete(ex);
        }
        else if (!_stop.IsCancellationRequested)
        {
            Log.Broken(_logger, _container, ex);
            _ = RecoverAsync(ex);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        await _stop.CancelAsync();
        Window.Close();
        await ReleaseAsync();
    }

    private async Task RecoverAsync(Exception first)
    {
        await Task.Yield();
        var fault = first;
        await ReleaseAsync();
        var since = _time.GetTimestamp();
        while (_time.GetElapsedTime(since) < _patience && !_stop.IsCancellationRequested)
        {
            try
            {
                _subscription = await _stdio.SubscribeAsync(_container, Window.Head, _mayHold, this, _stop.Token);
                if (_stop.IsCancellationRequested)
                {
                    await ReleaseAsync();
                }

                return;
            }
            catch (ContainerNotFoundException gone)
            {
                Window.Complete(gone);
                return;
            }
            catch (Exception next)
            {
                fault = next;
                Log.Broken(_logger, _container, next);
            }

            await Task.Delay(RetryPause, _time, CancellationToken.None);
        }

        Window.Complete(fault);
    }

    private async Task ReleaseAsync()
    {
        if (Interlocked.Exchange(ref _subscription, null) is not { } subscription)
        {
            return;
        }

        try
        {
            await subscription.DisposeAsync();
        }
        catch (Exception fault)
        {
            // The node forgets the subscription when its lease runs out.
            Log.UnsubscribeFailed(_logger, _container, fault);
        }
    }
}
