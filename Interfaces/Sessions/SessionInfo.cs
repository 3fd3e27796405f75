using CriAttach.Interfaces.Containers;

namespace CriAttach.Interfaces.Sessions;

/// <summary>A session as it was at one moment.</summary>
[GenerateSerializer, Immutable, Alias("criattach.SessionInfo")]
public sealed record SessionInfo
{
    /// <summary>Gets the key.</summary>
    [Id(0)]
    public required SessionKey Key { get; init; }

    /// <summary>Gets the container that the session is attached to.</summary>
    [Id(1)]
    public required ContainerKey Container { get; init; }

    /// <summary>Gets the streams that the client asked for.</summary>
    [Id(2)]
    public required AttachStreams Streams { get; init; }

    /// <summary>Gets the state.</summary>
    [Id(3)]
    public required SessionState State { get; init; }

    /// <summary>Gets why it ended.</summary>
    [Id(4)]
    public EndCause Cause { get; init; }

    /// <summary>Gets when the token was issued.</summary>
    [Id(5)]
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Gets when the token stops working unless it is claimed before.</summary>
    [Id(6)]
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Gets the gateway that serves the session; empty until it is claimed.</summary>
    [Id(7)]
    public string Gateway { get; init; } = "";

    /// <summary>Gets when it was claimed.</summary>
    [Id(8)]
    public DateTimeOffset? ClaimedAt { get; init; }

    /// <summary>Gets what its client may do beside others.</summary>
    [Id(9)]
    public SessionRole Role { get; init; }

    /// <summary>Gets a value indicating whether its input reaches PID 1 now.</summary>
    [Id(10)]
    public bool MayType { get; init; }

    /// <summary>Gets a value indicating whether its window sets the terminal's size.</summary>
    [Id(11)]
    public bool OwnsSize { get; init; }

    /// <summary>Gets what the client is, as it or the one who asked for the URL says.</summary>
    [Id(12)]
    public string Client { get => field ?? ""; init; }

    /// <summary>Gets the network address that it came from.</summary>
    [Id(13)]
    public string Address { get => field ?? ""; init; }

    /// <summary>Gets what happens when the client is slow.</summary>
    [Id(14)]
    public Delivery Delivery { get; init; }

    /// <summary>Gets when it ended.</summary>
    [Id(15)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Gets what the one who ended it had to say.</summary>
    [Id(16)]
    public string Message { get => field ?? ""; init; }
}
