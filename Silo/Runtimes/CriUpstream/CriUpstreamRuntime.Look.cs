using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Protos.Runtime.V1;
using CriAttach.Silo.Runtimes.CriUpstream.Cri;
using CriAttach.Silo.State;

namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <content>Finding containers.</content>
internal sealed partial class CriUpstreamRuntime
{
    private static readonly TimeSpan WatchPause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Dictionary<string, long> _removedAt = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, PodName> _pods = new Dictionary<string, PodName>();
    private IContainerSink? _sink;
    private Task _running = Task.CompletedTask;
    private long _asked;
    private long _answered;
    private bool _available = true;

    /// <inheritdoc/>
    public void Follow(IContainerSink sink)
    {
        _sink = sink;
        _running = Task.WhenAll(PollAsync(), WatchAsync());
    }

    /// <inheritdoc/>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        // One look serves all who asked before it began.
        var mine = Interlocked.Increment(ref _asked);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_answered < mine)
            {
                var served = Interlocked.Read(ref _asked);
                await LookOnceAsync(cancellationToken).ConfigureAwait(false);
                _answered = served;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Dispose();
        _turn.Dispose();
    }

    private async Task PollAsync()
    {
        using var timer = new PeriodicTimer(services.Options.Value.PollInterval, services.Clock);
        try
        {
            do
            {
                await TryLookAsync().ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    /// <summary>Looks at once when the runtime says that something has happened. Not every runtime does.</summary>
    private async Task WatchAsync()
    {
        try
        {
            while (await services.Cri.WatchAsync(() => _ = TryLookAsync(), _stop.Token).ConfigureAwait(false))
            {
                await Task.Delay(WatchPause, services.Clock, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The silo stops.
        }
    }

    private async Task TryLookAsync()
    {
        try
        {
            await LookAsync(_stop.Token).ConfigureAwait(false);
            if (!_available)
            {
                LogAvailable(logger);
            }

            _available = true;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The silo stops.
        }
        catch (Exception fault)
        {
            // Whatever it is, the next look is another chance.
            if (_available)
            {
                LogUnavailable(logger, fault.Message);
            }

            _available = false;
        }
    }

    private async Task LookOnceAsync(CancellationToken cancellationToken)
    {
        var listed = await services.Cri.ListAsync(cancellationToken).ConfigureAwait(false);
        if (listed.Any(container => !_pods.ContainsKey(container.PodSandboxId)))
        {
            _pods = await services.Cri.PodsAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (var container in listed)
        {
            var pod = _pods.GetValueOrDefault(container.PodSandboxId);
            if (_containers.TryGetValue(container.Id, out var known))
            {
                await known.NoteAsync(ContainerMap.StateOf(container.State), pod, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await AddAsync(container, pod, cancellationToken).ConfigureAwait(false);
            }
        }

        await RemoveAllButAsync(listed.Select(container => container.Id).ToHashSet(StringComparer.Ordinal)).ConfigureAwait(false);
    }

    private async Task AddAsync(Container listed, PodName pod, CancellationToken cancellationToken)
    {
        if (await services.Cri.StatusAsync(listed.Id, cancellationToken).ConfigureAwait(false) is not { } answer)
        {
            return;
        }

        var info = ContainerMap.Map(ContainerKey.For(node.Value.Name, listed.Id), Name, pod, answer);
        var container = new UpstreamContainer(services, info, pod, new ContainerFolder(node.Value, Name, listed.Id));
        _containers[listed.Id] = container;
        _sink?.Found(container);
    }

    /// <summary>Forgets what the runtime has removed; one that was attached to after a while, for a client that is about to come for its output.</summary>
    private async Task RemoveAllButAsync(HashSet<string> listed)
    {
        var now = services.Clock.GetTimestamp();
        foreach (var (id, container) in _containers)
        {
            if (listed.Contains(id))
            {
                _removedAt.Remove(id);
                continue;
            }

            _removedAt.TryAdd(id, now);
            var keep = container.IsFollowed && (!container.Exited.IsCompleted || services.Clock.GetElapsedTime(_removedAt[id], now) < services.Options.Value.KeepRemoved);
            if (keep)
            {
                continue;
            }

            _removedAt.Remove(id);
            _containers.TryRemove(id, out _);
            await container.ForgetAsync().ConfigureAwait(false);
            _sink?.Gone(id);
        }
    }

    [LoggerMessage(1401, LogLevel.Warning, "The runtime cannot be asked for its containers; those known stay known: {Message}")]
    private static partial void LogUnavailable(ILogger logger, string message);

    [LoggerMessage(1402, LogLevel.Information, "The runtime answers again")]
    private static partial void LogAvailable(ILogger logger);

    [LoggerMessage(1403, LogLevel.Error, "Container {Container} was followed before, but not what was kept of it can be read")]
    private static partial void LogNotRecovered(ILogger logger, string container, Exception fault);
}
