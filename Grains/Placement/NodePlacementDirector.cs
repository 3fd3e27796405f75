using CriAttach.Interfaces.Faults;
using Orleans.Runtime.Placement;

namespace CriAttach.Grains.Placement;

/// <summary>Picks the active silo with the node's name; of two, the younger, for the elder is a life that ended without a word.</summary>
internal sealed class NodePlacementDirector(ISiloStatusOracle silos) : IPlacementDirector
{
    /// <inheritdoc/>
    /// <exception cref="NodeUnavailableException">No active silo has that name.</exception>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var node = NodeOf(target.GrainIdentity.Key.ToString()!);
        SiloAddress? found = null;
        foreach (var silo in silos.GetApproximateSiloStatuses(onlyActive: true).Keys)
        {
            if (silos.TryGetSiloName(silo, out var name)
                && string.Equals(name, node, StringComparison.Ordinal)
                && (found is null || silo.Generation > found.Generation))
            {
                found = silo;
            }
        }

        return found is not null
            ? Task.FromResult(found)
            : throw new NodeUnavailableException($"node {node} is not an active member of the cluster");
    }

    /// <summary>The node in a key: all before the first slash.</summary>
    public static string NodeOf(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? key : key[..slash];
    }
}
