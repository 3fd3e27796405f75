namespace CriAttach.AdminApi;

/// <summary>The first event of the feed, <c>hello</c>.</summary>
public sealed record FeedHello
{
    /// <summary>Gets the gateway's name.</summary>
    public required string Gateway { get; init; }

    /// <summary>Gets its version.</summary>
    public required string Version { get; init; }
}
