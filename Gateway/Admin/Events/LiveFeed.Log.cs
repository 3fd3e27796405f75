namespace CriAttach.Gateway.Admin.Events;

internal sealed partial class LiveFeed
{
    private static partial class Log
    {
        [LoggerMessage(1520, LogLevel.Warning, "The feed cannot see the cluster: {Message}", EventName = "FeedBlind")]
        public static partial void Failed(ILogger logger, string message, Exception fault);
    }
}
