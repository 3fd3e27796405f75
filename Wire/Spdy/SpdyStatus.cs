namespace CriAttach.Wire.Spdy;

/// <summary>Why a stream was reset.</summary>
public enum SpdyStatus : uint
{
    /// <summary>The stream broke the protocol.</summary>
    ProtocolError = 1,

    /// <summary>There is no such stream.</summary>
    InvalidStream = 2,

    /// <summary>Not wanted, and nothing was done with it.</summary>
    RefusedStream = 3,

    /// <summary>Another version of SPDY.</summary>
    UnsupportedVersion = 4,

    /// <summary>No longer wanted.</summary>
    Cancel = 5,

    /// <summary>The sender of the reset is at fault.</summary>
    InternalError = 6,

    /// <summary>Flow control was violated.</summary>
    FlowControlError = 7,

    /// <summary>The stream was accepted twice.</summary>
    StreamInUse = 8,

    /// <summary>Data behind the end of a stream.</summary>
    StreamAlreadyClosed = 9,

    /// <summary>A credential was wrong.</summary>
    InvalidCredentials = 10,

    /// <summary>A frame was too long.</summary>
    FrameTooLarge = 11,
}
