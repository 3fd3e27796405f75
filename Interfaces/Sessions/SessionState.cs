namespace CriAttach.Interfaces.Sessions;

/// <summary>The life of a session; it only goes forward, but for the way between <see cref="Claimed"/> and <see cref="Suspended"/>.</summary>
[GenerateSerializer, Alias("criattach.SessionState")]
public enum SessionState : byte
{
    /// <summary>The token is out and nobody has come with it.</summary>
    Issued = 0,

    /// <summary>One connection on one gateway owns the session.</summary>
    Claimed = 1,

    /// <summary>Over; the end cause says why.</summary>
    Ended = 2,

    /// <summary>Its connection broke, and its client may come back for a while.</summary>
    Suspended = 3,
}
