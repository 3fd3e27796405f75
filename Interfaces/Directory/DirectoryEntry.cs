using CriAttach.Interfaces.Containers;

namespace CriAttach.Interfaces.Directory;

/// <summary>One reference under which a container can be found.</summary>
[GenerateSerializer, Immutable, Alias("criattach.DirectoryEntry")]
public sealed record DirectoryEntry
{
    /// <summary>Gets the id, the name or the pod path.</summary>
    [Id(0)]
    public required string Reference { get; init; }

    /// <summary>Gets the container.</summary>
    [Id(1)]
    public required ContainerKey Container { get; init; }

    /// <summary>Gets a value indicating whether a prefix of <see cref="Reference"/> finds the container too: true for ids.</summary>
    [Id(2)]
    public bool ByPrefix { get; init; }
}
