namespace CriAttach.AdminApi;

/// <summary>What names a container or a session in the feed.</summary>
public sealed record FeedKey
{
    /// <summary>Gets the node.</summary>
    public required string Node { get; init; }

    /// <summary>Gets the id.</summary>
    public required string Id { get; init; }
}
