using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;

namespace CriAttach.Grains.Tests;

/// <summary>A node with the containers it is given.</summary>
internal sealed class StillNode : INodeAgent
{
    private readonly Dictionary<string, IRuntimeContainer> _containers = [];

    public string Name => "n1";

    public string Version => "test";

    public IReadOnlyList<string> Runtimes => ["still"];

    public IReadOnlyList<IRuntimeContainer> Containers => [.. _containers.Values];

    public long Revision => _containers.Count;

    public IRuntimeContainer? Find(string containerId) => _containers.GetValueOrDefault(containerId);

    public void Add(StillContainer container) => _containers[container.Info.Key.ContainerId] = container;

    public void Forget(string containerId) => _containers.Remove(containerId);

    public Task<ContainerInfo> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RemoveAsync(string containerId, bool force, CancellationToken cancellationToken) => throw new NotSupportedException();
}
