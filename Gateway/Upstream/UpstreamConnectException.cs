namespace CriAttach.Gateway.Upstream;

/// <summary>The runtime's socket cannot be connected to.</summary>
/// <param name="message">Why, for people.</param>
/// <param name="inner">What the system said.</param>
internal sealed class UpstreamConnectException(string message, Exception inner) : IOException(message, inner);
