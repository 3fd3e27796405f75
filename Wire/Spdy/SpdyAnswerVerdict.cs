namespace CriAttach.Wire.Spdy;

/// <summary>What a client makes of the answer to its request for SPDY.</summary>
public enum SpdyAnswerVerdict
{
    /// <summary>The connection speaks SPDY from here on.</summary>
    Accepted,

    /// <summary>Another status than 101: its body says why.</summary>
    Refused,

    /// <summary>The server changed to something else.</summary>
    WrongUpgrade,

    /// <summary>The server chose a protocol that was not offered.</summary>
    WrongProtocol,
}
