namespace CriAttach.Transports.Spdy;

/// <summary>How a connection ended.</summary>
/// <param name="Cause">Why.</param>
/// <param name="Message">More words, for people; they hold nothing that came over a stream.</param>
public sealed record SpdyEnd(SpdyEndCause Cause, string Message);
