namespace CriAttach.Wire.WebSocket;

/// <summary>The peer broke the framing rules: the connection must end.</summary>
/// <param name="closeCode">The code for the close frame.</param>
/// <param name="message">What was wrong.</param>
public sealed class WebSocketProtocolException(ushort closeCode, string message) : Exception(message)
{
    /// <summary>The code to put into the close frame, one of <see cref="WebSocketCloseCode"/>.</summary>
    public ushort CloseCode { get; } = closeCode;
}
