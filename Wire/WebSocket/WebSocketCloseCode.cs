namespace CriAttach.Wire.WebSocket;

/// <summary>The codes of a close frame that this product sends (RFC 6455 section 7.4.1).</summary>
public static class WebSocketCloseCode
{
    /// <summary>The session is over. The only code that Kubernetes clients take for success.</summary>
    public const ushort Normal = 1000;

    /// <summary>The endpoint goes away, as in a drain.</summary>
    public const ushort GoingAway = 1001;

    /// <summary>The peer broke the framing rules.</summary>
    public const ushort ProtocolError = 1002;

    /// <summary>The peer sent a kind of data that is not accepted.</summary>
    public const ushort UnsupportedData = 1003;

    /// <summary>The frame's payload is over the limit.</summary>
    public const ushort MessageTooBig = 1009;

    /// <summary>The server failed.</summary>
    public const ushort InternalError = 1011;

    /// <summary>The endpoint stops, and what the connection was for goes on by another one.</summary>
    public const ushort ServiceRestart = 1012;
}
