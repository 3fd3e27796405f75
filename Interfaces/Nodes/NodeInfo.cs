namespace CriAttach.Interfaces.Nodes;

/// <summary>A node as it was at one moment.</summary>
[GenerateSerializer, Immutable, Alias("criattach.NodeInfo")]
public sealed record NodeInfo
{
    /// <summary>Gets the node's name.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>Gets the version of its silo.</summary>
    [Id(1)]
    public required string Version { get; init; }

    /// <summary>Gets the names of the runtimes that it can use, the default first.</summary>
    [Id(2)]
    public required IReadOnlyList<string> Runtimes { get; init; }

    /// <summary>Gets the number of containers.</summary>
    [Id(3)]
    public required int Containers { get; init; }

    /// <summary>Gets the number of sessions that are issued or claimed.</summary>
    [Id(4)]
    public required int Sessions { get; init; }

    /// <summary>Gets how many bytes its present containers have written; it falls when one is removed.</summary>
    [Id(5)]
    public long OutputBytes { get; init; }

    /// <summary>Gets how many bytes of input they have got since the silo started; it falls likewise.</summary>
    [Id(6)]
    public long InputBytes { get; init; }
}
