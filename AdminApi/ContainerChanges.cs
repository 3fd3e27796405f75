namespace CriAttach.AdminApi;

/// <summary>The event <c>containers</c>.</summary>
public sealed record ContainerChanges
{
    /// <summary>Gets containers that are new or not what they were.</summary>
    public IReadOnlyList<ContainerView> Set { get; init => field = value ?? []; } = [];

    /// <summary>Gets containers that are no more.</summary>
    public IReadOnlyList<FeedKey> Gone { get; init => field = value ?? []; } = [];
}
