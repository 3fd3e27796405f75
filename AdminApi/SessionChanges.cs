namespace CriAttach.AdminApi;

/// <summary>The event <c>sessions</c>.</summary>
public sealed record SessionChanges
{
    /// <summary>Gets sessions that are new or not what they were; one that ended comes here once, and in no event after.</summary>
    public IReadOnlyList<SessionView> Set { get; init => field = value ?? []; } = [];

    /// <summary>Gets sessions that are no more, of which nobody knows how they ended.</summary>
    public IReadOnlyList<FeedKey> Gone { get; init => field = value ?? []; } = [];
}
