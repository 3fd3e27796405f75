namespace CriAttach.Silo.Runtimes.CriUpstream.Joining;

/// <summary>How a stream's log and its attachment stand to each other.</summary>
internal enum JoinState
{
    /// <summary>There is no attachment: the log alone tells.</summary>
    Apart,

    /// <summary>There is one, and its first bytes are looked for in the log.</summary>
    Seeking,

    /// <summary>They were not found, or not once: the log tells, until both pause.</summary>
    Following,

    /// <summary>It is known where the attachment stands: it tells, and the log confirms.</summary>
    Joined,
}
