namespace CriAttach.Cli.Streaming;

/// <summary>How an attach ended.</summary>
internal enum AttachEndKind
{
    /// <summary>PID 1 ended, and everything it wrote was delivered.</summary>
    Exited,

    /// <summary>This side left.</summary>
    Detached,

    /// <summary>The gateway ended it and said why.</summary>
    Failed,

    /// <summary>The connection broke.</summary>
    ConnectionLost,

    /// <summary>The gateway broke the protocol.</summary>
    ProtocolFault,
}
