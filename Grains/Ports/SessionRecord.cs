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

    /// <summary>Gets a value indicating whether it alone may type in its container.</summary>
    public bool HoldsInput { get; init; }

    /// <summary>Gets the nonce of the claim.</summary>
    public Guid? Nonce { get; init; }

    /// <summary>
    /// Gets the ids under which the session can be resumed; none where its client cannot. The first is the one that was used last, for the word of
    /// its successors may have got lost with a connection; all of those are good until one of them is used.
    /// </summary>
    public IReadOnlyList<string> ResumeIds { get => field ?? []; init; }

    /// <summary>Gets what the claim was answered with, to be repeated when the answer was lost.</summary>
    public ClaimResult? Claim { get; init; }

    /// <summary>Gets, once it was resumed, where its output began at first: it cannot go back before that.</summary>
    public SessionPosition? First { get; init; }

    /// <summary>Gets, once it was resumed, the offset up to which the node had taken the input of the connection before.</summary>
    public long InputTaken { get; init; }
}
