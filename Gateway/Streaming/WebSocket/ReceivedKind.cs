namespace CriAttach.Gateway.Streaming.WebSocket;

/// <summary>What came from a client.</summary>
internal enum ReceivedKind
{
    /// <summary>Nothing to act on.</summary>
    Nothing,

    /// <summary>Bytes for PID 1.</summary>
    Stdin,

    /// <summary>The end of the input.</summary>
    StdinEnd,

    /// <summary>Bytes of the resize channel.</summary>
    Resize,

    /// <summary>Bytes of the control channel.</summary>
    Control,

    /// <summary>A ping; the payload goes back.</summary>
    Ping,

    /// <summary>The end of the connection.</summary>
    Close,
}
