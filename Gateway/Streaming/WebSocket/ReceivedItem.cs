namespace CriAttach.Gateway.Streaming.WebSocket;

/// <summary>Something that came from a client.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Payload">Its bytes, in the receive buffer.</param>
/// <param name="Offset">The offset of the first one, where the protocol has offsets.</param>
/// <param name="EndsMessage">Whether the message ends with them.</param>
internal readonly record struct ReceivedItem(ReceivedKind Kind, ReadOnlyMemory<byte> Payload, long Offset = 0, bool EndsMessage = false);
