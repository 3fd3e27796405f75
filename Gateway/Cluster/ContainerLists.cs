using CriAttach.Interfaces.Containers;

namespace CriAttach.Gateway.Cluster;

/// <summary>The containers of all nodes as they were a moment ago, for any number of watchers at the price of one.</summary>
/// <param name="queries">Asks nodes.</param>
/// <param name="time">The clock.</param>
internal sealed class ContainerLists(ClusterQueries queries, TimeProvider time)
{
    private readonly Lock _lock = new();
    private Task<ClusterList<ContainerInfo>>? _shared;
    private long _sharedSince;

    /// <summary>The containers.</summary>
    /// <param name="age">How old the list may be.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ClusterList<ContainerInfo>> ReadAsync(TimeSpan age, CancellationToken cancellationToken)
    {
        Task<ClusterList<ContainerInfo>> shared;
        lock (_lock)
        {
            if (_shared is null || (_shared.IsCompleted && time.GetElapsedTime(_sharedSince) >= age))
            {
                _sharedSince = time.GetTimestamp();
                _shared = queries.WatchContainersAsync(CancellationToken.None);
            }

            shared = _shared;
        }

        return shared.WaitAsync(cancellationToken);
    }
}
