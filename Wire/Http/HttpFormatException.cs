namespace CriAttach.Wire.Http;

/// <summary>The peer's answer is no HTTP/1.x answer, or longer than allowed: the connection must end.</summary>
/// <param name="message">What was wrong.</param>
public sealed class HttpFormatException(string message) : Exception(message);
