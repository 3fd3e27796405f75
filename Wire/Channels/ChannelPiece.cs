namespace CriAttach.Wire.Channels;

/// <summary>What a <see cref="ChannelReader"/> made of a piece of a frame.</summary>
/// <param name="kind">What it is.</param>
/// <param name="channel">The channel.</param>
/// <param name="payload">The channel's bytes.</param>
/// <param name="endsMessage">Whether the message ends here.</param>
/// <param name="offset">The offset of the payload's first byte.</param>
public readonly struct ChannelPiece(
    ChannelPieceKind kind, StdioChannel channel = default, Memory<byte> payload = default, bool endsMessage = false, long offset = 0)
{
    /// <summary>What it is.</summary>
    public ChannelPieceKind Kind { get; } = kind;

    /// <summary>The channel of <see cref="ChannelPieceKind.Data"/> and <see cref="ChannelPieceKind.CloseChannel"/>.</summary>
    public StdioChannel Channel { get; } = channel;

    /// <summary>The bytes of <see cref="ChannelPieceKind.Data"/>.</summary>
    public Memory<byte> Payload { get; } = payload;

    /// <summary>Whether the message of <see cref="ChannelPieceKind.Data"/> ends with this piece.</summary>
    public bool EndsMessage { get; } = endsMessage;

    /// <summary>Where the protocol has offsets: the offset of the payload's first byte in its stream.</summary>
    public long Offset { get; } = offset;
}
