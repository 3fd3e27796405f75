using CriAttach.Interfaces.Containers;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <content>What it logs.</content>
internal sealed partial class ConmonContainer
{
    [LoggerMessage(1101, LogLevel.Information, "Container {Container} was started as process {Pid}")]
    private static partial void LogStarted(ILogger logger, ContainerKey container, int pid);

    [LoggerMessage(1102, LogLevel.Information, "Container {Container} has exited with {Code} ({Reason})")]
    private static partial void LogExited(ILogger logger, ContainerKey container, int code, string reason);

    [LoggerMessage(1103, LogLevel.Information, "Container {Container} was removed")]
    private static partial void LogRemoved(ILogger logger, ContainerKey container);

    [LoggerMessage(1104, LogLevel.Debug, "The terminal of container {Container} was not resized: {Message}")]
    private static partial void LogNotResized(ILogger logger, ContainerKey container, string message);

    [LoggerMessage(1105, LogLevel.Error, "Container {Container} cannot be followed any more")]
    private static partial void LogFollowFailed(ILogger logger, ContainerKey container, Exception fault);
}
