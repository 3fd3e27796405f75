using System.Collections.Concurrent;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Logs;
using CriAttach.Streams;
using CriAttach.Streams.Log;

namespace CriAttach.Cluster.Tests.Nodes;

/// <summary>A node whose containers are <see cref="ScriptedContainer"/>s.</summary>
internal sealed class ScriptedNode(string name, TimeProvider clock) : INodeAgent, IStdioEndpoints, ISessionJournal, IContainerLogs
{
    private readonly ConcurrentDictionary<string, ScriptedContainer> _containers = new();
    private readonly ConcurrentDictionary<string, SessionRecord> _journal = new();
    private long _revision;

    public string Name { get; } = name;

    public string Version => "test";

    public IReadOnlyList<string> Runtimes => ["scripted"];

    public IReadOnlyList<IRuntimeContainer> Containers => [.. _containers.Values];

    public long Revision => Volatile.Read(ref _revision);

    public StdioLogOptions LogOptions { get; } = new();

    public IRuntimeContainer? Find(string containerId) => _containers.GetValueOrDefault(containerId);

    public StdioEndpoint? Find(ContainerKey key) => _containers.GetValueOrDefault(key.ContainerId)?.Stdio;

    /// <summary>Scripted containers keep no log.</summary>
    public Task<LogPage> ReadAsync(string logPath, Task exited, LogRequest request) =>
        Task.FromResult(new LogPage { Data = default, Next = "", AtEnd = true, Complete = exited.IsCompleted });

    public Task<ContainerInfo> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken) => Task.FromResult(Add(spec).Info);

    public async Task RemoveAsync(string containerId, bool force, CancellationToken cancellationToken)
    {
        if (_containers.TryRemove(containerId, out var container))
        {
            Interlocked.Increment(ref _revision);
            await container.DisposeAsync();
        }
    }

    public ScriptedContainer Add(ContainerSpec spec)
    {
        var key = ContainerKey.For(Name, Guid.NewGuid().ToString("N"));
        var named = spec.Name.Length > 0 ? spec : spec with { Name = key.ContainerId[..12] };
        var container = new ScriptedContainer(key, named, LogOptions, clock);
        _containers[key.ContainerId] = container;
        Interlocked.Increment(ref _revision);
        return container;
    }

    public IReadOnlyList<SessionRecord> Load() => [.. _journal.Values];

    public void Write(SessionRecord record)
    {
        var id = record.Info.Key.Id;
        if (record.Info.State == Interfaces.Sessions.SessionState.Ended)
        {
            _journal.TryRemove(id, out _);
        }
        else
        {
            _journal[id] = record;
        }
    }
}
