namespace CriAttach.Wire.WebSocket;

/// <summary>The four-bit opcode of a frame (RFC 6455 section 5.2).</summary>
public enum WebSocketOpcode : byte
{
    /// <summary>Carries on the message of the frame before it.</summary>
    Continuation = 0,

    /// <summary>A message of text.</summary>
    Text = 1,

    /// <summary>A message of bytes.</summary>
    Binary = 2,

    /// <summary>Ends the connection.</summary>
    Close = 8,

    /// <summary>Asks for a <see cref="Pong"/> with the same payload.</summary>
    Ping = 9,

    /// <summary>Answers a <see cref="Ping"/>.</summary>
    Pong = 10,
}
