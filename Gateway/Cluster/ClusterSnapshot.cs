using System.Collections.Frozen;
using System.Net;

namespace CriAttach.Gateway.Cluster;

/// <summary>The active nodes at one moment.</summary>
internal sealed class ClusterSnapshot
{
    private readonly FrozenDictionary<string, ClusterNode> _byName;
    private readonly FrozenDictionary<string, ClusterNode> _byTag;

    private ClusterSnapshot(IReadOnlyList<ClusterNode> nodes)
    {
        Nodes = nodes;
        _byName = nodes.ToFrozenDictionary(node => node.Name, StringComparer.Ordinal);
        _byTag = nodes.DistinctBy(node => node.Tag).ToFrozenDictionary(node => node.Tag, StringComparer.Ordinal);
    }

    /// <summary>Gets the snapshot of a cluster that nobody has seen yet.</summary>
    public static ClusterSnapshot Empty { get; } = new([]);

    /// <summary>Gets the nodes, by name.</summary>
    public IReadOnlyList<ClusterNode> Nodes { get; }

    /// <summary>Makes a snapshot of a membership table. Of several lives of one node the newest counts.</summary>
    /// <param name="table">The table's active entries.</param>
    public static ClusterSnapshot Of(IEnumerable<MembershipEntry> table) =>
        new([.. table
            .Where(entry => entry.Status == SiloStatus.Active && entry.ProxyPort > 0 && !string.IsNullOrEmpty(entry.SiloName))
            .GroupBy(entry => entry.SiloName, StringComparer.Ordinal)
            .Select(lives => lives.MaxBy(entry => entry.SiloAddress.Generation)!)
            .Select(entry => new ClusterNode(
                entry.SiloName,
                new IPEndPoint(entry.SiloAddress.Endpoint.Address, entry.ProxyPort),
                entry.SiloAddress.Generation))
            .OrderBy(node => node.Name, StringComparer.Ordinal)]);

    /// <summary>The node of a name, if it is active.</summary>
    /// <param name="name">The name.</param>
    public ClusterNode? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The node of a token's tag, if it is active.</summary>
    /// <param name="tag">The tag.</param>
    public ClusterNode? FindByTag(string tag) => _byTag.GetValueOrDefault(tag);
}
