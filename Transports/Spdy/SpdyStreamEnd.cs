namespace CriAttach.Transports.Spdy;

/// <summary>Why a stream's input is complete.</summary>
public enum SpdyStreamEnd
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>The peer has sent everything.</summary>
    Finished,

    /// <summary>One of the two has reset the stream.</summary>
    Reset,

    /// <summary>The connection ended first: there may have been more.</summary>
    ConnectionEnded,
}
