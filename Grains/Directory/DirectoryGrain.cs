using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Directory;

namespace CriAttach.Grains.Directory;

/// <summary>One shard of the directory, in memory only. It knows what it does not know: see <see cref="DirectoryAnswer.Warm"/>.</summary>
[GrainType("criattach.directory")]
internal sealed class DirectoryGrain(ISiloStatusOracle silos, TimeProvider clock) : Grain, IDirectoryGrain
{
    private static readonly TimeSpan LeaseTimeout = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, NodeShard> _nodes = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public Task<bool> RenewAsync(DirectoryLease lease)
    {
        if (!_nodes.TryGetValue(lease.Node, out var shard) || shard.Lease != lease)
        {
            return Task.FromResult(false);
        }

        shard.RenewedAt = clock.GetTimestamp();
        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    public Task RegisterAsync(DirectoryLease lease, IReadOnlyList<DirectoryEntry> entries)
    {
        if (!_nodes.TryGetValue(lease.Node, out var known)
            || (lease.Incarnation, lease.Revision).CompareTo((known.Lease.Incarnation, known.Lease.Revision)) >= 0)
        {
            _nodes[lease.Node] = new NodeShard(lease, entries, clock.GetTimestamp());
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<DirectoryAnswer> FindAsync(string reference)
    {
        foreach (var (node, shard) in _nodes)
        {
            if (clock.GetElapsedTime(shard.RenewedAt) > LeaseTimeout)
            {
                _nodes.Remove(node);
            }
        }

        var matches = new List<ContainerKey>();
        foreach (var shard in _nodes.Values)
        {
            shard.Find(reference, matches);
            if (matches.Count > 1)
            {
                break;
            }
        }

        return Task.FromResult(new DirectoryAnswer { Matches = matches, Warm = EveryNodeIsIn() });
    }

    private bool EveryNodeIsIn()
    {
        foreach (var silo in silos.GetApproximateSiloStatuses(onlyActive: true).Keys)
        {
            if (!silos.TryGetSiloName(silo, out var name) || !_nodes.ContainsKey(name))
            {
                return false;
            }
        }

        return true;
    }
}
