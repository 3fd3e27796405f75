namespace CriAttach.AdminApi;

/// <summary>Sessions of the cluster.</summary>
public sealed record SessionList
{
    /// <summary>Gets the sessions.</summary>
    public required IReadOnlyList<SessionView> Sessions { get; init; }

    /// <summary>Gets the nodes that did not answer: what they hold is missing here.</summary>
    public IReadOnlyList<string> UnreachableNodes { get; init => field = value ?? []; } = [];
}
