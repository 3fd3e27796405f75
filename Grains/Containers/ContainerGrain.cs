using CriAttach.Grains.Placement;
using CriAttach.Grains.Ports;
using CriAttach.Grains.Sessions;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Logs;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;
using Orleans.GrainDirectory;
using Orleans.Placement;

namespace CriAttach.Grains.Containers;

/// <summary>A façade over the node's container. The bytes do not pass here: see the stream provider's extension on the same grain.</summary>
[GrainType("criattach.container"), NodePlacement, GrainDirectory(NodeGrainDirectory.Name), Immovable]
internal sealed class ContainerGrain(
    INodeAgent agent, IContainerLogs logs, SessionTable sessions, ISessionRecorder recorder, IRecordings recordings, NodeGuard guard, TimeProvider clock) : Grain, IContainerGrain
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);

    private ContainerKey _key;

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = ContainerKey.Parse(this.GetPrimaryKeyString());
        guard.ThrowIfElsewhere(_key.Node);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<ContainerInfo> GetAsync() => Task.FromResult(View);

    /// <inheritdoc/>
    public async Task<ContainerInfo> StartAsync()
    {
        await Container.StartAsync(CancellationToken.None);
        return View;
    }

    /// <inheritdoc/>
    public async Task<ContainerInfo> StopAsync(TimeSpan grace)
    {
        await Container.StopAsync(grace, CancellationToken.None);
        return View;
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(bool force)
    {
        await agent.RemoveAsync(Container.Info.Key.ContainerId, force, CancellationToken.None);
        sessions.EndAll(_key.ContainerId, EndCause.ContainerRemoved);
        DeactivateOnIdle();
    }

    /// <inheritdoc/>
    public async Task<ContainerInfo> WaitExitAsync(TimeSpan patience)
    {
        var container = Container;
        var wait = patience < MaxWait ? patience : MaxWait;
        if (wait > TimeSpan.Zero)
        {
            await container.Exited.WaitAsync(wait, clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        }

        return container.Info;
    }

    /// <inheritdoc/>
    public Task<LogPage> ReadLogAsync(LogRequest request)
    {
        var container = Container;
        return logs.ReadAsync(container.Info.LogPath, container.Exited, request);
    }

    /// <inheritdoc/>
    public async Task<SessionInfo> OpenSessionAsync(OpenSessionRequest request)
    {
        if (agent.Find(_key.ContainerId) is null)
        {
            await agent.LookAsync(CancellationToken.None);
        }

        var container = Container;
        await container.PrepareAsync(CancellationToken.None);
        var state = container.Info.State;
        if (state != ContainerState.Running && (state != ContainerState.Created || !request.BeforeStart))
        {
            throw new ContainerStateException($"container {_key.ContainerId} is in state {StateName(state)}, not CONTAINER_RUNNING");
        }

        await recorder.CheckAsync(container);
        var session = sessions.Open(container, request);

        // The session grain wakes up while the URL is on its way; where it does not, the claim wakes it.
        GrainFactory.GetGrain<ISessionGrain>(session.Key.ToString()).PrepareAsync().Ignore();
        return session;
    }

    /// <inheritdoc/>
    public async Task ResizeAsync(string session, TerminalSize size)
    {
        if (sessions.Resize(session, size) is { } apply)
        {
            await Container.ResizeAsync(apply, CancellationToken.None);
        }
    }

    /// <summary>The container with what its sessions make of it.</summary>
    private ContainerInfo View => sessions.WithHolder(Container.Info) with { Recording = recordings.IsRecording(_key.ContainerId) };

    private IRuntimeContainer Container
    {
        get
        {
            if (agent.Find(_key.ContainerId) is { } container)
            {
                return container;
            }

            // Anyone may ask for any id; what does not exist must not cost memory.
            DeactivateOnIdle();
            throw new ContainerNotFoundException($"container {_key.ContainerId} is not on node {_key.Node}");
        }
    }

    private static string StateName(ContainerState state) => state switch
    {
        ContainerState.Created => "CONTAINER_CREATED",
        ContainerState.Running => "CONTAINER_RUNNING",
        ContainerState.Exited => "CONTAINER_EXITED",
        _ => "CONTAINER_UNKNOWN",
    };
}
