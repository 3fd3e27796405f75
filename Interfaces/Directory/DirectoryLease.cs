namespace CriAttach.Interfaces.Directory;

/// <summary>A node says that what it registered in a shard still holds.</summary>
[GenerateSerializer, Immutable, Alias("criattach.DirectoryLease")]
public sealed record DirectoryLease
{
    /// <summary>Gets the node.</summary>
    [Id(0)]
    public required string Node { get; init; }

    /// <summary>Gets the life of the silo that speaks: a newer one replaces what an older one registered.</summary>
    [Id(1)]
    public required long Incarnation { get; init; }

    /// <summary>Gets the number of the entries' last change; it only grows within an incarnation.</summary>
    [Id(2)]
    public required long Revision { get; init; }
}
