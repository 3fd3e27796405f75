using CriAttach.Interfaces.Containers;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <content>What it logs.</content>
internal sealed partial class ConmonRuntime
{
    [LoggerMessage(1121, LogLevel.Information, "Container {Container} was made: conmon is process {Conmon}, PID 1 is process {Init}")]
    private static partial void LogCreated(ILogger logger, ContainerKey container, int conmon, int init);

    [LoggerMessage(1122, LogLevel.Information, "Container {Container} was found again: {State}, output at offset {Offset}")]
    private static partial void LogRecovered(ILogger logger, ContainerKey container, ContainerState state, long offset);

    [LoggerMessage(1123, LogLevel.Error, "Container {ContainerId} could not be found again and is left alone")]
    private static partial void LogNotRecovered(ILogger logger, string containerId, Exception fault);

    [LoggerMessage(1124, LogLevel.Error, "The log of container {Container} cannot be read; its output begins a new epoch")]
    private static partial void LogLogBroken(ILogger logger, ContainerKey container, Exception fault);

    [LoggerMessage(1125, LogLevel.Warning, "What the making of container {ContainerId} has left could not be removed")]
    private static partial void LogNotCleanedUp(ILogger logger, string containerId, Exception fault);
}
