using CriAttach.Interfaces.Containers;

namespace CriAttach.Interfaces.Directory;

/// <summary>What a shard knows of a reference.</summary>
[GenerateSerializer, Immutable, Alias("criattach.DirectoryAnswer")]
public sealed record DirectoryAnswer
{
    /// <summary>Gets the containers, at most two: more would not make a reference any less ambiguous.</summary>
    [Id(0)]
    public required IReadOnlyList<ContainerKey> Matches { get; init; }

    /// <summary>Gets a value indicating whether every node has registered since the shard began: without that a miss proves nothing.</summary>
    [Id(1)]
    public required bool Warm { get; init; }
}
