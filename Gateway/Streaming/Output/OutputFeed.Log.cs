using CriAttach.Interfaces.Containers;

namespace CriAttach.Gateway.Streaming.Output;

internal sealed partial class OutputFeed
{
    private static partial class Log
    {
        [LoggerMessage(1200, LogLevel.Warning, "The output of {Container} broke off; subscribing again.", EventName = "OutputBroken")]
        public static partial void Broken(ILogger logger, ContainerKey container, Exception fault);

        [LoggerMessage(1201, LogLevel.Debug, "The subscription to {Container} could not be ended in good order.", EventName = "UnsubscribeFailed")]
        public static partial void UnsubscribeFailed(ILogger logger, ContainerKey container, Exception fault);
    }
}
