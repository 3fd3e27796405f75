using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Recordings;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Silo.Recordings;

/// <summary>Begins a recording with the first client of a container, and tells it of the others.</summary>
internal sealed class SessionRecorder(RecorderServices services) : ISessionRecorder, IRecordings
{
    private const int MaxIdle = 4096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, RecordedContainer> _containers = new(StringComparer.Ordinal);
    private Action<string, string> _end = static (_, _) => { };

    /// <inheritdoc/>
    public void OnFailure(Action<string, string> end) => _end = end;

    /// <inheritdoc/>
    public async Task CheckAsync(IRuntimeContainer container)
    {
        if (PolicyOf(container) is not { Enabled: true, FailClosed: true } || Current(container.Info.Key.ContainerId) is { IsOver: false })
        {
            return;
        }

        try
        {
            await Task.Run(services.Store.Probe).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new RecordingFailedException(
                $"sessions of container {container.Info.Key.ContainerId} have to be recorded, and no recording can be written: {fault.Message}");
        }
    }

    /// <inheritdoc/>
    public void Attached(IRuntimeContainer container, SessionInfo session, long? offset)
    {
        if (PolicyOf(container) is not { Enabled: true } policy)
        {
            return;
        }

        var id = container.Info.Key.ContainerId;
        lock (_lock)
        {
            if (!_containers.TryGetValue(id, out var known))
            {
                MakeRoom();
                _containers[id] = known = new RecordedContainer();
            }

            known.Sessions[session.Key.Id] = session;
            if (known.Recording?.TryJoin(session, offset) != true)
            {
                known.Recording = new ContainerRecording(services, container, policy, offset ?? Resumed(container), known.Size, known.Sessions.Values, reason => _end(id, reason));
            }
        }
    }

    /// <inheritdoc/>
    public Task ReadyAsync(string containerId) => Current(containerId)?.Ready ?? Task.CompletedTask;

    /// <inheritdoc/>
    public void Left(SessionInfo session)
    {
        lock (_lock)
        {
            if (_containers.TryGetValue(session.Container.ContainerId, out var known))
            {
                known.Sessions.Remove(session.Key.Id);
                known.Recording?.Leave(session);
            }
        }
    }

    /// <inheritdoc/>
    public void Resized(string containerId, TerminalSize size)
    {
        lock (_lock)
        {
            if (_containers.TryGetValue(containerId, out var known))
            {
                known.Size = size;
                known.Recording?.Resize(size);
            }
        }
    }

    /// <inheritdoc/>
    public bool IsRecording(string containerId) => Current(containerId) is { IsOver: false };

    /// <inheritdoc/>
    public IReadOnlyList<RecordingInfo> List(string containerId) => services.Store.List(containerId);

    /// <inheritdoc/>
    public Task<RecordingPage> ReadAsync(string id, long offset) =>
        services.Store.Find(id) is { } files ? Task.Run(() => RecordingPages.Read(files, offset)) : throw new RecordingNotFoundException($"there is no recording {id}");

    /// <summary>Completes when the newest recording of a container is over.</summary>
    public Task CompletionOf(string containerId) => Current(containerId)?.Completion ?? Task.CompletedTask;

    /// <summary>Ends all recordings in good order.</summary>
    public Task StopAsync()
    {
        ContainerRecording[] all;
        lock (_lock)
        {
            all = [.. _containers.Values.Select(one => one.Recording).OfType<ContainerRecording>()];
        }

        return Task.WhenAll(all.Select(recording => recording.DisposeAsync().AsTask()));
    }

    private RecordingPolicy PolicyOf(IRuntimeContainer container) => services.Options.Value.PolicyOf(container.Info.Spec.PodNamespace);

    private ContainerRecording? Current(string containerId)
    {
        lock (_lock)
        {
            return _containers.GetValueOrDefault(containerId)?.Recording;
        }
    }

    /// <summary>Where the recording of an earlier silo ended: what its sessions see from there on has not been recorded.</summary>
    private long Resumed(IRuntimeContainer container)
    {
        var output = container.Stdio.Output;
        var head = output.Head;
        return services.Store.EndOf(container.Info.Key.ContainerId, output.Epoch) is { } end && end <= head ? end : head;
    }

    /// <summary>Sizes of terminals that nobody is at are forgotten when there are very many. Holds the lock.</summary>
    private void MakeRoom()
    {
        if (_containers.Count >= MaxIdle)
        {
            foreach (var id in _containers.Where(pair => pair.Value is { Sessions.Count: 0, Recording.IsOver: true }).Select(pair => pair.Key).ToArray())
            {
                _containers.Remove(id);
            }
        }
    }
}
