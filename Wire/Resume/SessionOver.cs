namespace CriAttach.Wire.Resume;

/// <summary>Server to client, before the status: the session ended, and not because PID 1 did.</summary>
public sealed record SessionOver : ResumeMessage
{
    /// <summary>Gets the cause, as the admin API writes it.</summary>
    public required string Cause { get; init; }

    /// <summary>Gets a sentence for people.</summary>
    public required string Message { get; init; }
}
