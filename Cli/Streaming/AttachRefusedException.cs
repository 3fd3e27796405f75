namespace CriAttach.Cli.Streaming;

/// <summary>No session came about: the gateway cannot be reached, or it refused.</summary>
/// <param name="message">What was wrong, and what to do.</param>
/// <param name="inner">The cause.</param>
internal sealed class AttachRefusedException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Gets the status of the answer; null where none came.</summary>
    public int? StatusCode { get; init; }
}
