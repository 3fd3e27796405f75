namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <content>What it logs.</content>
internal sealed partial class UpstreamLink
{
    [LoggerMessage(1451, LogLevel.Debug, "Attached to container {Container}")]
    private static partial void LogAttached(ILogger logger, string container);

    [LoggerMessage(1452, LogLevel.Warning, "Could not attach to container {Container}; it is tried again: {Message}")]
    private static partial void LogNotAttached(ILogger logger, string container, string message);

    [LoggerMessage(1453, LogLevel.Debug, "The attachment to container {Container} is over: {End}")]
    private static partial void LogDetached(ILogger logger, string container, string end);

    [LoggerMessage(1454, LogLevel.Warning, "{Count} bytes of input of container {Container} were under way when the attachment broke; they are not sent again: {Message}")]
    private static partial void LogInputInDoubt(ILogger logger, string container, int count, string message);

    [LoggerMessage(1455, LogLevel.Debug, "The input of container {Container} could not be closed: {Message}")]
    private static partial void LogInputNotClosed(ILogger logger, string container, string message);

    [LoggerMessage(1456, LogLevel.Debug, "The terminal of container {Container} was not resized: {Message}")]
    private static partial void LogNotResized(ILogger logger, string container, string message);
}
