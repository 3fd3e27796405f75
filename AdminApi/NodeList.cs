namespace CriAttach.AdminApi;

/// <summary>The nodes of the cluster.</summary>
public sealed record NodeList
{
    /// <summary>Gets the nodes that answered.</summary>
    public required IReadOnlyList<NodeView> Nodes { get; init; }

    /// <summary>Gets the nodes that did not answer: what they hold is missing here.</summary>
    public IReadOnlyList<string> UnreachableNodes { get; init => field = value ?? []; } = [];
}
