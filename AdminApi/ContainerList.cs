namespace CriAttach.AdminApi;

/// <summary>Containers of the cluster.</summary>
public sealed record ContainerList
{
    /// <summary>Gets the containers.</summary>
    public required IReadOnlyList<ContainerView> Containers { get; init; }

    /// <summary>Gets how many there are in all that pass the filters, here and in the lists that follow.</summary>
    public int Total { get; init; }

    /// <summary>Gets what to ask on with; absent at the end.</summary>
    public string? Continue { get; init; }

    /// <summary>Gets the nodes that did not answer: what they hold is missing here.</summary>
    public IReadOnlyList<string> UnreachableNodes { get; init => field = value ?? []; } = [];
}
