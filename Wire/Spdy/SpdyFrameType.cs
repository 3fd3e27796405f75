namespace CriAttach.Wire.Spdy;

/// <summary>What a frame is: the type field of a control frame, or data.</summary>
public enum SpdyFrameType : ushort
{
    /// <summary>Not a control frame: bytes of a stream.</summary>
    Data = 0,

    /// <summary>Opens a stream.</summary>
    SynStream = 1,

    /// <summary>Accepts a stream.</summary>
    SynReply = 2,

    /// <summary>Ends a stream in both directions.</summary>
    RstStream = 3,

    /// <summary>Tells settings; nobody in Kubernetes acts on them.</summary>
    Settings = 4,

    /// <summary>To be echoed by the other side.</summary>
    Ping = 6,

    /// <summary>Nothing that follows is looked at.</summary>
    GoAway = 7,

    /// <summary>Further headers of a stream.</summary>
    Headers = 8,

    /// <summary>Flow control, which nobody in Kubernetes does.</summary>
    WindowUpdate = 9,
}
