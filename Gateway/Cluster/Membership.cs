namespace CriAttach.Gateway.Cluster;

/// <summary>Knows which nodes are active: asks every two seconds, and at once after a failure.</summary>
/// <param name="cluster">The ordinary client.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class Membership(ClusterConnection cluster, TimeProvider time, ILogger<Membership> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private volatile ClusterSnapshot _current = ClusterSnapshot.Empty;
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
            _current = ClusterSnapshot.Of(table);
            _failing = false;
        }
        catch (Exception fault)
        {
            if (!_failing)
            {
                Log.Failed(logger, fault);
            }

            _failing = true;
        }

        return _current;
    }
}
