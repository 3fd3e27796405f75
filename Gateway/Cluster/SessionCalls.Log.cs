using CriAttach.Interfaces.Containers;

namespace CriAttach.Gateway.Cluster;

internal sealed partial class SessionCalls
{
    private static partial class Log
    {
        [LoggerMessage(1140, LogLevel.Warning, "Session {Session}: its node could not be told that it is over; its lease runs out instead.", EventName = "EndCallFailed")]
        public static partial void EndFailed(ILogger logger, string session, Exception fault);

        [LoggerMessage(1141, LogLevel.Warning, "Session {Session}: the terminal of {Container} could not be resized.", EventName = "ResizeCallFailed")]
        public static partial void ResizeFailed(ILogger logger, string session, ContainerKey container, Exception fault);

        [LoggerMessage(1142, LogLevel.Warning, "The exit code of {Container} is not known.", EventName = "ExitCodeUnknown")]
        public static partial void ExitUnknown(ILogger logger, ContainerKey container, Exception fault);
    }
}
