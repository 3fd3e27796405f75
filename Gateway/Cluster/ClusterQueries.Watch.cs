using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Cluster;

/// <summary>The questions of those who ask again and again: a node that hangs is silent this time, and holds up no news of the others.</summary>
internal sealed partial class ClusterQueries
{
    /// <summary>How long a node may take.</summary>
    public static readonly TimeSpan WatchPatience = TimeSpan.FromSeconds(2);

    /// <summary>The nodes.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ClusterList<NodeInfo>> WatchNodesAsync(CancellationToken cancellationToken) =>
        AskAllAsync(WhatItIsAsync, WatchPatience, cancellationToken);

    /// <summary>The containers of all nodes.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ClusterList<ContainerInfo>> WatchContainersAsync(CancellationToken cancellationToken) =>
        AskAllAsync(grain => grain.ListContainersAsync(new ContainerFilter()), WatchPatience, cancellationToken);

    /// <summary>The live sessions of all nodes.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ClusterList<SessionInfo>> WatchSessionsAsync(CancellationToken cancellationToken) =>
        AskAllAsync(grain => grain.ListSessionsAsync(), WatchPatience, cancellationToken);

    /// <summary>The sessions that ended last on all nodes.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<ClusterList<SessionInfo>> WatchEndedSessionsAsync(CancellationToken cancellationToken) =>
        AskAllAsync(grain => grain.ListEndedSessionsAsync(), WatchPatience, cancellationToken);
}
