using CriAttach.Interfaces.Containers;

namespace CriAttach.Gateway.KubeApi.Pods;

internal sealed partial class PodLogs
{
    private static partial class Log
    {
        [LoggerMessage(1620, LogLevel.Warning, "The log of {Container} could not be read on; its node is asked again.", EventName = "LogReadFailed")]
        public static partial void ReadFailed(ILogger logger, ContainerKey container, Exception fault);
    }
}
