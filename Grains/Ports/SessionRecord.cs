using CriAttach.Interfaces.Sessions;

namespace CriAttach.Grains.Ports;

/// <summary>All that there is to know of a session; what the journal keeps.</summary>
public sealed record SessionRecord
{
    /// <summary>Gets what anyone may see of it.</summary>
    public required SessionInfo Info { get; init; }

    /// <summary>Gets which earlier output was asked for.</summary>
    public Replay Replay { get; init; }

    /// <summary>Gets, for <see cref="Replay.Tail"/>, how many bytes.</summary>
    public long ReplayBytes { get; init; }

    /// <summary>Gets a value indicating whether the final status tells PID 1's exit code.</summary>
    public bool ExitStatus { get; init; }

    /// <summary>Gets what happens when the client is slow.</summary>
    public Delivery Delivery { get; init; }

    /// <summary>Gets the nonce of the claim.</summary>
    public Guid? Nonce { get; init; }

    /// <summary>Gets the id under which the session can be resumed; empty where its client cannot.</summary>
    public string ResumeId { get; init; } = "";

    /// <summary>Gets the id before that one: good until the client has used <see cref="ResumeId"/>, since the word of it may have got lost with the connection.</summary>
    public string PreviousResumeId { get; init; } = "";

    /// <summary>Gets what the claim was answered with, to be repeated when the answer was lost.</summary>
    public ClaimResult? Claim { get; init; }
}
