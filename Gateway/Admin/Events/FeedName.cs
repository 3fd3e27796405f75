namespace CriAttach.Gateway.Admin.Events;

/// <summary>What names a container or a session.</summary>
/// <param name="Node">The node.</param>
/// <param name="Id">The id.</param>
internal readonly record struct FeedName(string Node, string Id);
