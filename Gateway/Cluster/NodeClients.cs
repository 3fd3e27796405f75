using CriAttach.Interfaces.Faults;

namespace CriAttach.Gateway.Cluster;

/// <summary>
/// One direct client per node that this gateway talks to: made on first use, closed when idle, replaced when the node's silo has a new life.
/// Past <see cref="MaxClients"/>, and where a silo cannot be reached directly, the ordinary client serves with one hop more.
/// </summary>
/// <param name="cluster">The ordinary client.</param>
/// <param name="membership">The nodes.</param>
/// <param name="factory">Makes clients.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class NodeClients(
    ClusterConnection cluster, Membership membership, IClusterClientFactory factory, TimeProvider time, ILogger<NodeClients> logger) : IAsyncDisposable
{
    /// <summary>How many direct clients there may be at a time.</summary>
    public const int MaxClients = 256;

    private static readonly TimeSpan MaxIdle = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan RetryFailedAfter = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, NodeClient> _current = new(StringComparer.Ordinal);
    private readonly List<NodeClient> _old = [];

    /// <summary>Takes a client for calls to one node.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="NodeUnavailableException">The node is not active, or the cluster was not reached yet.</exception>
    public async Task<NodeClientLease> RentAsync(string node, CancellationToken cancellationToken)
    {
        var found = membership.Current.Find(node)
            ?? (await membership.RefreshAsync(cancellationToken)).Find(node)
            ?? throw new NodeUnavailableException(cluster.IsConnected
                ? $"the node '{node}' is not active"
                : cluster.Trouble);
        try
        {
            if (Choose(found) is { } client && await client.RentAsync(cancellationToken) is { } lease)
            {
                return lease;
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Log.DirectFailed(logger, node, fault);
            _ = membership.RefreshAsync(CancellationToken.None);
        }

        return new NodeClientLease(cluster.Client, owner: null);
    }

    /// <summary>Asks a node. One that does not answer in time is doubted: connections to it that have heard nothing either are made anew.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="question">What is asked of the client.</param>
    /// <param name="cancellationToken">Ends the wait for the client; whether the answer is waited for is the question's business.</param>
    /// <exception cref="NodeUnavailableException">The node is not active, or the cluster was not reached yet.</exception>
    public async Task<T> AskAsync<T>(string node, Func<IClusterClient, Task<T>> question, CancellationToken cancellationToken)
    {
        using var lease = await RentAsync(node, cancellationToken);
        try
        {
            return await question(lease.Client);
        }
        catch (TimeoutException)
        {
            await DoubtAsync(node);
            throw;
        }
    }

    /// <summary>As <see cref="AskAsync"/>, where the answer is that it was done.</summary>
    /// <param name="node">The node's name.</param>
    /// <param name="order">What is told by the client.</param>
    /// <param name="cancellationToken">Ends the wait for the client.</param>
    /// <exception cref="NodeUnavailableException">The node is not active, or the cluster was not reached yet.</exception>
    public Task TellAsync(string node, Func<IClusterClient, Task> order, CancellationToken cancellationToken) => AskAsync(
        node,
        async client =>
        {
            await order(client);
            return true;
        },
        cancellationToken);

    /// <summary>Closes what nobody uses any more.</summary>
    public async Task SweepAsync()
    {
        List<NodeClient> idle;
        lock (_gate)
        {
            foreach (var (name, client) in _current.Where(pair => pair.Value.IdleFor > (pair.Value.HasFailed ? RetryFailedAfter : MaxIdle)).ToList())
            {
                _current.Remove(name);
                _old.Add(client);
            }

            idle = [.. _old];
        }

        foreach (var client in idle)
        {
            if (await client.TryCloseAsync())
            {
                lock (_gate)
                {
                    _old.Remove(client);
                }
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        List<NodeClient> all;
        lock (_gate)
        {
            all = [.. _current.Values, .. _old];
            _current.Clear();
            _old.Clear();
        }

        await Task.WhenAll(all.Select(client => client.TryCloseAsync(always: true)));
    }

    private async Task DoubtAsync(string node)
    {
        List<NodeClient> doubted;
        lock (_gate)
        {
            doubted = [.. _current.Values.Concat(_old).Where(client => string.Equals(client.Node.Name, node, StringComparison.Ordinal))];
        }

        // It may have been asked by the ordinary one.
        var ordinary = cluster.DoubtAsync();
        var broken = await Task.WhenAll(doubted.Select(client => client.BreakOffSilentAsync()));
        if (broken.Sum() is > 0 and var count)
        {
            Log.BrokenOff(logger, node, count);
        }

        await ordinary;
    }

    private NodeClient? Choose(ClusterNode node)
    {
        lock (_gate)
        {
            if (_current.TryGetValue(node.Name, out var client))
            {
                if (client.Node.Incarnation >= node.Incarnation)
                {
                    return client.HasFailed ? null : client;
                }

                _old.Add(client);
                _current.Remove(node.Name);
            }

            if (_current.Count + _old.Count >= MaxClients)
            {
                return null;
            }

            return _current[node.Name] = new NodeClient(node, factory.Create(node.Gateway, obstacle: null), time);
        }
    }
}
