namespace CriAttach.Transports.WebSocket;

/// <summary>Why nothing more is read from a connection.</summary>
public enum ChannelEndCause
{
    /// <summary>The server sent a close frame.</summary>
    Closed,

    /// <summary>The server closed without one, between two frames: the way of some runtimes.</summary>
    Cut,

    /// <summary>The connection broke, inside a frame or by this side's own end.</summary>
    Broken,

    /// <summary>The server broke the protocol.</summary>
    Fault,
}
