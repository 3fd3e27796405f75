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
}
