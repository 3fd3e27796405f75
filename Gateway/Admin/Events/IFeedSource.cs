using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Admin.Events;

/// <summary>What the feed asks, again and again.</summary>
internal interface IFeedSource
{
    /// <summary>The nodes.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ClusterList<NodeInfo>> NodesAsync(CancellationToken cancellationToken);

    /// <summary>The containers.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ClusterList<ContainerInfo>> ContainersAsync(CancellationToken cancellationToken);

    /// <summary>The sessions that live.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ClusterList<SessionInfo>> SessionsAsync(CancellationToken cancellationToken);

    /// <summary>The sessions that ended last, as far as the nodes remember.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<ClusterList<SessionInfo>> EndedSessionsAsync(CancellationToken cancellationToken);
}
