namespace CriAttach.Wire.Spdy;

/// <summary>Why a side goes away.</summary>
public enum SpdyGoAwayStatus : uint
{
    /// <summary>In good order.</summary>
    Ok = 0,

    /// <summary>The other side broke the protocol.</summary>
    ProtocolError = 1,

    /// <summary>The sender is at fault.</summary>
    InternalError = 2,
}
