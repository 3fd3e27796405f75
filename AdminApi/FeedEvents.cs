namespace CriAttach.AdminApi;

/// <summary>The names of the feed's events.</summary>
public static class FeedEvents
{
    /// <summary>First: a <see cref="FeedHello"/>.</summary>
    public const string Hello = "hello";

    /// <summary>All nodes: a <see cref="NodeList"/>.</summary>
    public const string Nodes = "nodes";

    /// <summary>A <see cref="ContainerChanges"/>.</summary>
    public const string Containers = "containers";

    /// <summary>A <see cref="SessionChanges"/>.</summary>
    public const string Sessions = "sessions";

    /// <summary>Everything has been told once.</summary>
    public const string Synced = "synced";

    /// <summary>A <see cref="GatewayView"/>.</summary>
    public const string Gateway = "gateway";
}
