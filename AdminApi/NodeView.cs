namespace CriAttach.AdminApi;

/// <summary>A node as it was at one moment.</summary>
public sealed record NodeView
{
    /// <summary>Gets the node's name.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the version of its silo.</summary>
    public required string Version { get; init; }

    /// <summary>Gets the names of the runtimes that it can use, the default first.</summary>
    public IReadOnlyList<string> Runtimes { get; init => field = value ?? []; } = [];

    /// <summary>Gets the number of containers.</summary>
    public int Containers { get; init; }

    /// <summary>Gets the number of sessions that are issued or claimed.</summary>
    public int Sessions { get; init; }

    /// <summary>Gets how many bytes its present containers have written; it falls when one is removed.</summary>
    public long OutputBytes { get; init; }

    /// <summary>Gets how many bytes of input they have got since the silo started; it falls likewise.</summary>
    public long InputBytes { get; init; }
}
