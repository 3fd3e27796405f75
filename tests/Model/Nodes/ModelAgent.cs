using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;

namespace CriAttach.Model.Tests.Nodes;

/// <summary>The containers of a silo.</summary>
internal sealed class ModelAgent : INodeAgent
{
    private readonly Dictionary<string, IRuntimeContainer> _containers = [];

    public string Name => World.NodeName;

    public string Version => "model";

    public IReadOnlyList<string> Runtimes => ["model"];

    public IReadOnlyList<IRuntimeContainer> Containers => [.. _containers.Values];

    public long Revision => _containers.Count;

    public void Add(IRuntimeContainer container) => _containers[container.Info.Key.ContainerId] = container;

    public void Remove(string containerId) => _containers.Remove(containerId);

    public IRuntimeContainer? Find(string containerId) => _containers.GetValueOrDefault(containerId);

    public Task<ContainerInfo> CreateAsync(ContainerSpec spec, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RemoveAsync(string containerId, bool force, CancellationToken cancellationToken) => throw new NotSupportedException();
}
