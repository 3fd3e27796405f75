namespace CriAttach.Wire.Resume;

/// <summary>Server to client, first of all: the session stands, and this is how to come back to it.</summary>
public sealed record ResumeHello : ResumeMessage
{
    /// <summary>Gets the session's id, as the admin API shows it. It is no secret.</summary>
    public required string Session { get; init; }

    /// <summary>Gets the secret that resumes the session once; the next hello brings the next one.</summary>
    public required string Token { get; init; }

    /// <summary>Gets the URLs that the token is put behind, one for each gateway or for all of them.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    /// <summary>Gets for how many seconds an interrupted session waits for its client.</summary>
    public required double Window { get; init; }

    /// <summary>Gets the epoch of the output's offsets.</summary>
    public required long Epoch { get; init; }

    /// <summary>Gets the offset of the output that comes next.</summary>
    public required long Offset { get; init; }

    /// <summary>Gets the offset of the input that is expected next: all before it has been taken, or is in doubt.</summary>
    public required long Input { get; init; }

    /// <summary>Gets the offset before which input that was not acknowledged is in doubt: the container's node was restarted and does not know how much of it arrived. 0 for none.</summary>
    public long DoubtBefore { get; init; }
}
