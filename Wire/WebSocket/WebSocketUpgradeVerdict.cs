namespace CriAttach.Wire.WebSocket;

/// <summary>What a server says to a request for a WebSocket.</summary>
public enum WebSocketUpgradeVerdict
{
    /// <summary>Answer 101 with the accept key.</summary>
    Accept,

    /// <summary>
    /// No upgrade to WebSocket was asked for: <c>Upgrade: websocket</c> or a <c>Connection</c> with "upgrade" is
    /// missing. Kubernetes takes such a request for SPDY.
    /// </summary>
    NotWebSocket,

    /// <summary>Answer 405: the method is not GET.</summary>
    MethodNotAllowed,

    /// <summary>Answer 400: there is no <c>Sec-WebSocket-Key</c>.</summary>
    MissingKey,

    /// <summary>Answer 400 with <c>Sec-WebSocket-Version: 13</c>.</summary>
    UnsupportedVersion,
}
