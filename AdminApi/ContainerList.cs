namespace CriAttach.AdminApi;

/// <summary>Containers of the cluster.</summary>
public sealed record ContainerList
{
    /// <summary>Gets the containers.</summary>
    public required IReadOnlyList<ContainerView> Containers { get; init; }

    /// <summary>Gets the nodes that did not answer: what they hold is missing here.</summary>
    public IReadOnlyList<string> UnreachableNodes { get; init => field = value ?? []; } = [];
}
