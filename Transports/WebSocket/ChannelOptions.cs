using CriAttach.Wire.WebSocket;

namespace CriAttach.Transports.WebSocket;

/// <summary>How a connection of channels behaves.</summary>
public sealed record ChannelOptions
{
    /// <summary>The longest payload of a frame that is sent, its channel byte included. Default 32 KiB.</summary>
    public int MaxSentPayload { get; init; } = 32 * 1024;

    /// <summary>The longest payload of a data frame that is accepted. Default 32 MiB; it takes no buffer of that size.</summary>
    public long MaxReceivedPayload { get; init; } = WebSocketFrameReader.DefaultMaxFramePayload;
}
