using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Admin.Events;

/// <summary>Asks the nodes.</summary>
/// <param name="queries">Asks them.</param>
internal sealed class ClusterFeedSource(ClusterQueries queries) : IFeedSource
{
    /// <inheritdoc/>
    public Task<ClusterList<NodeInfo>> NodesAsync(CancellationToken cancellationToken) => queries.ListNodesAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<ClusterList<ContainerInfo>> ContainersAsync(CancellationToken cancellationToken) =>
        queries.ListContainersAsync(node: null, new ContainerFilter(), cancellationToken);

    /// <inheritdoc/>
    public Task<ClusterList<SessionInfo>> SessionsAsync(CancellationToken cancellationToken) => queries.ListSessionsAsync(cancellationToken);
}
