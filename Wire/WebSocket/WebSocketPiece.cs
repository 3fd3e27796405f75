namespace CriAttach.Wire.WebSocket;

/// <summary>
/// A frame, or as much of a data frame as has arrived. The payload is a slice of the memory given to
/// <see cref="WebSocketFrameReader.TryRead"/>, already unmasked, and lives as long as that memory does.
/// </summary>
/// <param name="opcode">The frame's opcode.</param>
/// <param name="final">The frame's FIN bit.</param>
/// <param name="startsFrame">Whether this is the frame's first piece.</param>
/// <param name="endsFrame">Whether this is the frame's last piece.</param>
/// <param name="framePayloadLength">The payload length of the whole frame.</param>
/// <param name="payload">The bytes of this piece.</param>
public readonly struct WebSocketPiece(
    WebSocketOpcode opcode, bool final, bool startsFrame, bool endsFrame, long framePayloadLength, Memory<byte> payload)
{
    /// <summary>The frame's opcode.</summary>
    public WebSocketOpcode Opcode { get; } = opcode;

    /// <summary>The FIN bit. Kubernetes' channel protocols do not look at it.</summary>
    public bool Final { get; } = final;

    /// <summary>Whether this is the frame's first piece.</summary>
    public bool StartsFrame { get; } = startsFrame;

    /// <summary>Whether this is the frame's last piece.</summary>
    public bool EndsFrame { get; } = endsFrame;

    /// <summary>The payload length of the whole frame, known from its first piece on.</summary>
    public long FramePayloadLength { get; } = framePayloadLength;

    /// <summary>The bytes of this piece, unmasked. Empty only in a frame without payload.</summary>
    public Memory<byte> Payload { get; } = payload;

    /// <summary>Whether this is a close, ping or pong frame, which always comes whole.</summary>
    public bool IsControl => ((byte)Opcode & 0x8) != 0;
}
