namespace CriAttach.Transports.Spdy;

/// <summary>Which end of a connection this is.</summary>
public enum SpdyRole
{
    /// <summary>The one that dialled: it opens the streams, with odd ids.</summary>
    Client,

    /// <summary>The one that was dialled: it accepts streams and opens none.</summary>
    Server,
}
