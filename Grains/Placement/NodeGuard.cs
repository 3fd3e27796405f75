using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Faults;

namespace CriAttach.Grains.Placement;

/// <summary>Keeps a silo with a stale view of the membership from standing in for another node.</summary>
internal sealed class NodeGuard(INodeAgent agent)
{
    /// <summary>Throws when <paramref name="node"/> is not this one.</summary>
    /// <exception cref="NodeUnavailableException">The grain belongs to another node.</exception>
    public void ThrowIfElsewhere(string node)
    {
        if (!string.Equals(node, agent.Name, StringComparison.Ordinal))
        {
            throw new NodeUnavailableException($"node {node} is not reached by way of node {agent.Name}");
        }
    }
}
