using CriAttach.Wire.WebSocket;

namespace CriAttach.Testing.Attach;

/// <summary>A whole WebSocket frame of the server.</summary>
/// <param name="Opcode">Its opcode.</param>
/// <param name="Final">Its FIN bit.</param>
/// <param name="Payload">Its payload.</param>
public sealed record RawFrame(WebSocketOpcode Opcode, bool Final, byte[] Payload);
