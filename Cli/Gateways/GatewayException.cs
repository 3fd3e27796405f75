namespace CriAttach.Cli.Gateways;

/// <summary>The gateway refused, failed, or cannot be reached.</summary>
/// <param name="message">What was wrong, and what to do.</param>
/// <param name="status">The HTTP status; 0 when no answer came.</param>
/// <param name="inner">The cause.</param>
internal sealed class GatewayException(string message, int status = 0, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Gets the HTTP status; 0 when no answer came.</summary>
    public int Status { get; } = status;
}
