namespace CriAttach.AdminApi;

/// <summary>A session as it was at one moment.</summary>
public sealed record SessionView
{
    /// <summary>Gets its id.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the node that it lives on.</summary>
    public required string Node { get; init; }

    /// <summary>Gets the id of the container that it is attached to.</summary>
    public required string Container { get; init; }

    /// <summary>Gets the state.</summary>
    public required SessionPhase State { get; init; }

    /// <summary>Gets the gateway that serves it; empty until it is claimed.</summary>
    public string Gateway { get; init => field = value ?? ""; } = "";

    /// <summary>Gets a value indicating whether the client sends input.</summary>
    public bool Stdin { get; init; }

    /// <summary>Gets a value indicating whether the client wants standard output.</summary>
    public bool Stdout { get; init; }

    /// <summary>Gets a value indicating whether the client wants standard error.</summary>
    public bool Stderr { get; init; }

    /// <summary>Gets a value indicating whether the client expects a terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Gets when its URL was issued.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Gets when its URL was opened.</summary>
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>Gets what its client may do beside others.</summary>
    public SessionRole Role { get; init; }

    /// <summary>Gets a value indicating whether its input reaches PID 1 now.</summary>
    public bool MayType { get; init; }

    /// <summary>Gets a value indicating whether its window sets the terminal's size.</summary>
    public bool OwnsSize { get; init; }

    /// <summary>Gets what the client is, by its own word or that of whoever asked for the URL.</summary>
    public string Client { get; init => field = value ?? ""; } = "";

    /// <summary>Gets the network address that it came from.</summary>
    public string Address { get; init => field = value ?? ""; } = "";

    /// <summary>Gets what happens when the client is slow.</summary>
    public DeliveryMode Delivery { get; init; }

    /// <summary>Gets when it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Gets why it ended, or why it is suspended.</summary>
    public SessionCause Cause { get; init; }

    /// <summary>Gets what the one who ended it had to say.</summary>
    public string Message { get; init => field = value ?? ""; } = "";
}
