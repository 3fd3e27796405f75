using System.Text;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Conformance.Tests.Peers;

/// <summary>A whole frame as the server sent it.</summary>
internal sealed record Frame(WebSocketOpcode Opcode, byte[] Payload)
{
    /// <summary>Gets the code of a close frame.</summary>
    public int CloseCode => Payload.Length >= 2 ? (Payload[0] << 8) | Payload[1] : 1005;

    /// <summary>Gets the payload as text.</summary>
    public string Text => Encoding.UTF8.GetString(Payload);
}
