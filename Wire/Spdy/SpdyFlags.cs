namespace CriAttach.Wire.Spdy;

/// <summary>The flags of a frame, as far as they mean something here.</summary>
[Flags]
public enum SpdyFlags : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Data, SYN_STREAM, SYN_REPLY, HEADERS: the sender's last frame on this stream.</summary>
    Fin = 0x01,

    /// <summary>SYN_STREAM: the receiver has nothing to send.</summary>
    Unidirectional = 0x02,
}
