namespace CriAttach.AdminApi;

/// <summary>A session that waits for its client.</summary>
public sealed record AttachAnswer
{
    /// <summary>Gets the URL to open once, soon, with a WebSocket or SPDY; whoever has it may attach.</summary>
    public required string Url { get; init; }

    /// <summary>Gets the id of the session, as in <see cref="SessionView.Id"/>.</summary>
    public required string Session { get; init; }

    /// <summary>Gets the container.</summary>
    public required ContainerView Container { get; init; }
}
