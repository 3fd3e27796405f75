using CriAttach.Interfaces.Containers;

namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <content>What it logs.</content>
internal sealed partial class UpstreamPump
{
    [LoggerMessage(1431, LogLevel.Debug, "Container {Container} was attached to while it may have been in the middle of a line; what came since is taken for all of it")]
    private static partial void LogAssumed(ILogger logger, ContainerKey container);

    [LoggerMessage(1432, LogLevel.Warning, "The log of container {Container} says at offset {Offset} something else than what was passed on ahead of it; its readers are told that output is missing")]
    private static partial void LogContradicted(ILogger logger, ContainerKey container, long offset);

    [LoggerMessage(1433, LogLevel.Warning, "The log of container {Container} is not in CRI's format: there is no early output, no output of times without attachment, and its end may be missing")]
    private static partial void LogNoCriLog(ILogger logger, ContainerKey container, Exception fault);

    [LoggerMessage(1434, LogLevel.Error, "The log of container {Container} cannot be read on")]
    private static partial void LogBroken(ILogger logger, ContainerKey container, Exception fault);

    [LoggerMessage(1435, LogLevel.Warning, "The log of container {Container} has a gap: {Message}")]
    private static partial void LogLost(ILogger logger, ContainerKey container, string message);

    [LoggerMessage(1436, LogLevel.Warning, "Container {Container} has ended, but its log was not closed in time: the end of its output may be missing, and its readers are told")]
    private static partial void LogNeverClosed(ILogger logger, ContainerKey container);

    [LoggerMessage(1437, LogLevel.Warning, "Container {Container} has ended, and its log lacks {Count} bytes that were passed on; its readers are told")]
    private static partial void LogUnconfirmed(ILogger logger, ContainerKey container, int count);
}
