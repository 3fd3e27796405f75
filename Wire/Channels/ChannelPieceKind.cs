namespace CriAttach.Wire.Channels;

/// <summary>What a piece of a channel message is to its reader.</summary>
public enum ChannelPieceKind
{
    /// <summary>
    /// Bytes of a channel. The payload may be empty: the message's rest has not arrived, or it has none, as the
    /// server's first message.
    /// </summary>
    Data,

    /// <summary>The client has closed <see cref="ChannelPiece.Channel"/>; it may say so more than once.</summary>
    CloseChannel,

    /// <summary>Part of a message that is understood only once it is whole: nothing to do yet.</summary>
    Pending,

    /// <summary>Part of a message that nobody asked for: an unknown channel, one of the other direction, or empty.</summary>
    Ignored,

    /// <summary>A message that is not base64 was dropped. The session goes on.</summary>
    Malformed,
}
