using CriAttach.Wire.Channels;

namespace CriAttach.Transports.WebSocket;

/// <summary>What one read of a connection gave.</summary>
/// <param name="Channel">The channel of all the bytes.</param>
/// <param name="Count">How many bytes; 0 at the end.</param>
public readonly record struct ChannelRead(StdioChannel Channel, int Count);
