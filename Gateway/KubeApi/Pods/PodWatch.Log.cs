namespace CriAttach.Gateway.KubeApi.Pods;

internal sealed partial class PodWatch
{
    private static partial class Log
    {
        [LoggerMessage(1610, LogLevel.Warning, "A watch of pods ended: {Message}", EventName = "WatchFailed")]
        public static partial void Failed(ILogger logger, string message, Exception fault);
    }
}
