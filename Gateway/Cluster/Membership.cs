using System.Collections.Concurrent;

namespace CriAttach.Gateway.Cluster;

/// <summary>Knows which nodes are active: asks every two seconds, and at once after a failure.</summary>
/// <param name="cluster">The ordinary client.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class Membership(ClusterConnection cluster, TimeProvider time, ILogger<Membership> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ForgetAfter = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private volatile ClusterSnapshot _current = ClusterSnapshot.Empty;
    private readonly ConcurrentDictionary<string, long> _seenAt = new(StringComparer.Ordinal);
    private long _readAt = time.GetTimestamp();
    private Task<ClusterSnapshot>? _refresh;
    private bool _failing;

    /// <summary>Gets the nodes as they were last seen.</summary>
    public ClusterSnapshot Current => _current;

    /// <summary>Asks now. Callers at the same time share one question; a failure leaves what was known.</summary>
    /// <param name="cancellationToken">Ends the wait, not the question.</param>
    public Task<ClusterSnapshot> RefreshAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_refresh is not { IsCompleted: false })
            {
                _refresh = AskAsync();
            }

            return _refresh.WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// For how long a node that was here has been missing, by what could be read: while the membership cannot be read no node goes missing.
    /// </summary>
    /// <param name="node">The node's name.</param>
    public TimeSpan MissingFor(string node) =>
        _seenAt.TryGetValue(node, out var seen) ? time.GetElapsedTime(seen, Volatile.Read(ref _readAt)) : TimeSpan.Zero;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            await RefreshAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Note(ClusterSnapshot snapshot)
    {
        var now = time.GetTimestamp();
        foreach (var node in snapshot.Nodes)
        {
            _seenAt[node.Name] = now;
        }

        foreach (var (name, seen) in _seenAt)
        {
            if (time.GetElapsedTime(seen, now) > ForgetAfter)
            {
                _seenAt.TryRemove(name, out _);
            }
        }

        Volatile.Write(ref _readAt, now);
        _current = snapshot;
    }

    private async Task<ClusterSnapshot> AskAsync()
    {
        await Task.Yield();
        if (!cluster.IsConnected)
        {
            return _current;
        }

        try
        {
            var management = cluster.Client.GetGrain<IManagementGrain>(0);
            var table = await management.GetDetailedHosts(onlyActive: true).WaitAsync(Patience, time);
            Note(ClusterSnapshot.Of(table));
            _failing = false;
        }
        catch (Exception fault)
        {
            if (!_failing)
            {
                Log.Failed(logger, fault);
            }

            _failing = true;
            if (fault is TimeoutException)
            {
                await cluster.DoubtAsync();
            }
        }

        return _current;
    }
}
