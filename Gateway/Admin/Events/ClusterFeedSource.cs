using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Admin.Events;

/// <summary>Asks the nodes.</summary>
/// <param name="queries">Asks them.</param>
/// <param name="lists">What they answered a moment ago to others who watch containers.</param>
internal sealed class ClusterFeedSource(ClusterQueries queries, ContainerLists lists) : IFeedSource
{
    // Less than the feed's period, or a timer that is a little early would see the same list twice.
    private static readonly TimeSpan Age = LiveFeed.Period / 2;

    /// <inheritdoc/>
    public Task<ClusterList<NodeInfo>> NodesAsync(CancellationToken cancellationToken) => queries.WatchNodesAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<ClusterList<ContainerInfo>> ContainersAsync(CancellationToken cancellationToken) =>
        lists.ReadAsync(Age, cancellationToken);

    /// <inheritdoc/>
    public Task<ClusterList<SessionInfo>> SessionsAsync(CancellationToken cancellationToken) => queries.WatchSessionsAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<ClusterList<SessionInfo>> EndedSessionsAsync(CancellationToken cancellationToken) => queries.WatchEndedSessionsAsync(cancellationToken);
}
