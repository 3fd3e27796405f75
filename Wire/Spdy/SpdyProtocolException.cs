namespace CriAttach.Wire.Spdy;

/// <summary>The peer broke the framing or the compression of headers: the whole connection must end.</summary>
/// <param name="message">What was wrong.</param>
public sealed class SpdyProtocolException(string message) : Exception(message);
