namespace CriAttach.Interfaces.Sessions;

/// <summary>What a client asked for when it opened the URL; it goes before what was asked for when the URL was issued.</summary>
[GenerateSerializer, Immutable, Alias("criattach.AttachWish")]
public sealed record AttachWish
{
    /// <summary>Gets which earlier output it wants to see; none where it did not say.</summary>
    [Id(0)]
    public Replay? Replay { get; init; }

    /// <summary>Gets, for <see cref="Sessions.Replay.Tail"/>, how many bytes.</summary>
    [Id(1)]
    public long ReplayBytes { get; init; }

    /// <summary>Gets a value indicating whether the final status is to tell PID 1's exit code.</summary>
    [Id(2)]
    public bool ExitStatus { get; init; }

    /// <summary>Gets what happens when it is slow.</summary>
    [Id(3)]
    public Delivery Delivery { get; init; }

    /// <summary>Gets what it wants to do beside others; it may only ask for less than it was given.</summary>
    [Id(4)]
    public SessionRole Role { get; init; }
}
