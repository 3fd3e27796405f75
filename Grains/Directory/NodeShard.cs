using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Directory;

namespace CriAttach.Grains.Directory;

/// <summary>What one node has registered in one shard: references in order, so that a prefix is a range.</summary>
internal sealed class NodeShard(DirectoryLease lease, IReadOnlyList<DirectoryEntry> entries, long renewedAt)
{
    private readonly DirectoryEntry[] _entries = [.. entries.OrderBy(entry => entry.Reference, StringComparer.Ordinal)];

    /// <summary>Gets the state that the entries are.</summary>
    public DirectoryLease Lease { get; } = lease;

    /// <summary>Gets or sets when the node last renewed them.</summary>
    public long RenewedAt { get; set; } = renewedAt;

    /// <summary>Adds the containers that <paramref name="reference"/> names, at most until there are two.</summary>
    public void Find(string reference, List<ContainerKey> matches)
    {
        for (var i = FirstNotBefore(reference); i < _entries.Length && matches.Count < 2; i++)
        {
            var entry = _entries[i];
            if (!entry.Reference.StartsWith(reference, StringComparison.Ordinal))
            {
                return;
            }

            if ((entry.ByPrefix || entry.Reference.Length == reference.Length) && !matches.Contains(entry.Container))
            {
                matches.Add(entry.Container);
            }
        }
    }

    private int FirstNotBefore(string reference)
    {
        int low = 0, high = _entries.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (string.CompareOrdinal(_entries[middle].Reference, reference) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
