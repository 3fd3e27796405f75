using CriAttach.Grains.Directory;
using CriAttach.Grains.Placement;
using CriAttach.Grains.Ports;
using CriAttach.Grains.Sessions;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Recordings;
using CriAttach.Interfaces.Sessions;
using Orleans.GrainDirectory;
using Orleans.Placement;

namespace CriAttach.Grains.Nodes;

/// <summary>A façade over the node agent.</summary>
[GrainType("criattach.node"), NodePlacement, GrainDirectory(NodeGrainDirectory.Name), Immovable]
internal sealed class NodeGrain(INodeAgent agent, SessionTable sessions, IRecordings recordings, DirectoryRegistrar directory, NodeGuard guard) : Grain, INodeGrain
{
    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        guard.ThrowIfElsewhere(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<NodeInfo> GetAsync() => Task.FromResult(new NodeInfo
    {
        Name = agent.Name,
        Version = agent.Version,
        Runtimes = agent.Runtimes,
        Containers = agent.Containers.Count,
        Sessions = sessions.Count,
        OutputBytes = agent.Containers.Sum(container => container.Stdio.Output.Head),
        InputBytes = agent.Containers.Sum(container => container.Stdio.Input?.Delivered ?? 0),
    });

    /// <inheritdoc/>
    public Task<IReadOnlyList<ContainerInfo>> ListContainersAsync(ContainerFilter filter) =>
        Task.FromResult<IReadOnlyList<ContainerInfo>>(
        [
            .. agent.Containers.Select(container => container.Info).Where(info => Passes(info, filter))
                .Select(sessions.WithHolder)
                .Select(info => recordings.IsRecording(info.Key.ContainerId) ? info with { Recording = true } : info),
        ]);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionInfo>> ListSessionsAsync() => Task.FromResult(sessions.Sessions);

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionInfo>> ListEndedSessionsAsync() => Task.FromResult(sessions.Ended);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ContainerKey>> FindContainersAsync(string reference)
    {
        if (Matching(reference) is { Count: > 0 } known)
        {
            return known;
        }

        await agent.LookAsync(CancellationToken.None);
        return Matching(reference);
    }

    /// <inheritdoc/>
    public async Task<ContainerInfo> CreateContainerAsync(ContainerSpec spec)
    {
        var info = await agent.CreateAsync(spec, CancellationToken.None);

        // Whoever asks any gateway after this answer must find it.
        await directory.PublishAsync();
        return info;
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SessionChange>> RenewSessionsAsync(SessionLease lease) => Task.FromResult(sessions.Renew(lease));

    /// <inheritdoc/>
    public Task<IReadOnlyList<RecordingInfo>> ListRecordingsAsync(string containerId) => Task.FromResult(recordings.List(containerId));

    /// <inheritdoc/>
    public Task<RecordingPage> ReadRecordingAsync(string id, long offset) => recordings.ReadAsync(id, offset);

    private List<ContainerKey> Matching(string reference) =>
        [.. agent.Containers.Select(container => container.Info).Where(info => References.Names(info, reference)).Select(info => info.Key)];

    private static bool Passes(ContainerInfo info, ContainerFilter filter) =>
        info.Key.ContainerId.StartsWith(filter.IdPrefix, StringComparison.Ordinal)
        && (filter.State is not { } state || info.State == state)
        && filter.Labels.All(label => info.Spec.Labels.TryGetValue(label.Key, out var value) && value == label.Value);
}
