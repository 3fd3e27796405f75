using Orleans.Concurrency;

namespace CriAttach.Interfaces.Directory;

/// <summary>One shard of the directory: which node runs a container. Soft state; the nodes hold the truth. Key: 0 to <see cref="DirectoryShard.Count"/> - 1.</summary>
[GrainInterfaceType("criattach.directory"), Alias("criattach.directory")]
public interface IDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Renews what a node registered here.</summary>
    /// <param name="lease">The node and the state it believes the shard to be in.</param>
    /// <returns>False when the shard does not have that state, and wants <see cref="RegisterAsync"/>.</returns>
    [Alias("renew"), AlwaysInterleave]
    Task<bool> RenewAsync(DirectoryLease lease);

    /// <summary>Replaces all that a node has registered here.</summary>
    /// <param name="lease">The node and the state that the entries are.</param>
    /// <param name="entries">All its references in this shard.</param>
    [Alias("register"), AlwaysInterleave]
    Task RegisterAsync(DirectoryLease lease, IReadOnlyList<DirectoryEntry> entries);

    /// <summary>Looks a reference up.</summary>
    /// <param name="reference">An id, a prefix of one, a name or a pod path.</param>
    [Alias("find"), AlwaysInterleave]
    Task<DirectoryAnswer> FindAsync(string reference);
}
