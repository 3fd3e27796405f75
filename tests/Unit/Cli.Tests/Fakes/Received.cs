using System.Text;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Cli.Tests.Fakes;

/// <summary>A frame that the client sent.</summary>
/// <param name="Opcode">Its opcode.</param>
/// <param name="Payload">Its payload, unmasked.</param>
internal sealed record Received(WebSocketOpcode Opcode, byte[] Payload)
{
    public StdioChannel Channel => (StdioChannel)Payload[0];

    public byte[] Content => Payload[1..];

    public string Text => Encoding.UTF8.GetString(Content);
}
