using CriAttach.AdminApi;

namespace CriAttach.Gateway.Admin.Events;

/// <summary>The names of what the feed tells.</summary>
internal static class FeedNames
{
    /// <summary>The name of a container.</summary>
    /// <param name="container">The container.</param>
    public static FeedName Of(ContainerView container) => new(container.Node, container.Id);

    /// <summary>The name of a session.</summary>
    /// <param name="session">The session.</param>
    public static FeedName Of(SessionView session) => new(session.Node, session.Id);
}
