using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Recordings;
using CriAttach.Interfaces.Sessions;
using Orleans.Concurrency;

namespace CriAttach.Interfaces.Nodes;

/// <summary>One node. Key: the node's name.</summary>
[GrainInterfaceType("criattach.node"), Alias("criattach.node")]
public interface INodeGrain : IGrainWithStringKey
{
    /// <summary>What the node is now.</summary>
    [Alias("get"), AlwaysInterleave]
    Task<NodeInfo> GetAsync();

    /// <summary>The node's containers that pass the filter.</summary>
    /// <param name="filter">Which containers.</param>
    [Alias("listContainers"), AlwaysInterleave]
    Task<IReadOnlyList<ContainerInfo>> ListContainersAsync(ContainerFilter filter);

    /// <summary>The node's sessions that are issued or claimed.</summary>
    [Alias("listSessions"), AlwaysInterleave]
    Task<IReadOnlyList<SessionInfo>> ListSessionsAsync();

    /// <summary>The node's sessions that ended last, the newest first; as many as it remembers.</summary>
    [Alias("listEndedSessions"), AlwaysInterleave]
    Task<IReadOnlyList<SessionInfo>> ListEndedSessionsAsync();

    /// <summary>The containers that a reference names: a full id, a prefix of ids, a name, or <c>namespace/pod/container</c>.</summary>
    /// <param name="reference">The reference.</param>
    [Alias("findContainers"), AlwaysInterleave]
    Task<IReadOnlyList<ContainerKey>> FindContainersAsync(string reference);

    /// <summary>Makes a container; it is not started yet.</summary>
    /// <param name="spec">What it is to be.</param>
    /// <exception cref="InvalidContainerSpecException">The spec asks for what cannot be.</exception>
    /// <exception cref="RuntimeFailureException">The runtime could not make it.</exception>
    [Alias("createContainer"), AlwaysInterleave, ResponseTimeout("00:02:00")]
    Task<ContainerInfo> CreateContainerAsync(ContainerSpec spec);

    /// <summary>Renews a gateway's sessions.</summary>
    /// <param name="lease">The sessions that it serves.</param>
    /// <returns>Those among them that are over or, where the lease asks for it, of which there is news.</returns>
    [Alias("renewSessions"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<IReadOnlyList<SessionChange>> RenewSessionsAsync(SessionLease lease);

    /// <summary>The node's recordings, the newest first.</summary>
    /// <param name="containerId">The container that they are of; empty for all.</param>
    [Alias("listRecordings"), AlwaysInterleave]
    Task<IReadOnlyList<RecordingInfo>> ListRecordingsAsync(string containerId);

    /// <summary>Reads a page of a recording, its parts joined to one asciicast.</summary>
    /// <param name="id">The recording.</param>
    /// <param name="offset">Where to begin: 0, or <see cref="RecordingPage.Next"/> of the page before.</param>
    /// <exception cref="RecordingNotFoundException">The node has no such recording, or not any more.</exception>
    /// <exception cref="RuntimeFailureException">It cannot be read.</exception>
    [Alias("readRecording"), AlwaysInterleave]
    Task<RecordingPage> ReadRecordingAsync(string id, long offset);
}
