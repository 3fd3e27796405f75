namespace CriAttach.Transports.WebSocket;

/// <summary>How a connection ended.</summary>
/// <param name="Cause">Why.</param>
/// <param name="Message">More words, for people; they hold nothing that came over a channel.</param>
public sealed record ChannelEnd(ChannelEndCause Cause, string Message);
