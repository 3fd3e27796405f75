namespace CriAttach.Gateway.Streaming.WebSocket;

/// <summary>Something that came from a client.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Payload">Its bytes, in the receive buffer.</param>
internal readonly record struct ReceivedItem(ReceivedKind Kind, ReadOnlyMemory<byte> Payload);
