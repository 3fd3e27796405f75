namespace CriAttach.Transports.Spdy;

/// <summary>Why nothing more is read from a connection.</summary>
public enum SpdyEndCause
{
    /// <summary>The peer said GOAWAY.</summary>
    WentAway,

    /// <summary>The peer closed, between two frames.</summary>
    Closed,

    /// <summary>The connection broke, by the peer, the network or this side's own end.</summary>
    Broken,

    /// <summary>The peer broke the protocol.</summary>
    Fault,
}
