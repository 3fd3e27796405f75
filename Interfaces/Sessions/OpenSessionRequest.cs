namespace CriAttach.Interfaces.Sessions;

/// <summary>Asks a container for a session.</summary>
[GenerateSerializer, Immutable, Alias("criattach.OpenSessionRequest")]
public sealed record OpenSessionRequest
{
    /// <summary>Gets the id of the session: the hash of the token that opens it.</summary>
    [Id(0)]
    public required string SessionId { get; init; }

    /// <summary>Gets the streams that the client wants.</summary>
    [Id(1)]
    public required AttachStreams Streams { get; init; }

    /// <summary>Gets which earlier output the client wants to see first.</summary>
    [Id(2)]
    public Replay Replay { get; init; }

    /// <summary>Gets, for <see cref="Sessions.Replay.Tail"/>, how many bytes.</summary>
    [Id(3)]
    public long ReplayBytes { get; init; }

    /// <summary>Gets a value indicating whether the final status tells PID 1's exit code.</summary>
    [Id(4)]
    public bool ExitStatus { get; init; }

    /// <summary>Gets a value indicating whether the container may still wait for its start. CRI says no, <c>criattach run</c> says yes: then nothing that PID 1 writes is missed.</summary>
    [Id(5)]
    public bool BeforeStart { get; init; }

    /// <summary>Gets what happens when the client is slow.</summary>
    [Id(6)]
    public Delivery Delivery { get; init; }

    /// <summary>Gets what the client may do beside others.</summary>
    [Id(7)]
    public SessionRole Role { get; init; }

    /// <summary>Gets the name by which others see the client; empty for what it says of itself when it comes.</summary>
    [Id(8)]
    public string Client { get => field ?? ""; init; }
}
