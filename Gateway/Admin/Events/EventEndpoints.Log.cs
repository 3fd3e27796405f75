namespace CriAttach.Gateway.Admin.Events;

internal sealed partial class EventEndpoints
{
    private static partial class Log
    {
        [LoggerMessage(1521, LogLevel.Information, "A listener of the feed left more than {Bytes} bytes unread and was cut off.", EventName = "FeedListenerCut")]
        public static partial void TooSlow(ILogger logger, long bytes);
    }
}
