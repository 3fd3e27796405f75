namespace CriAttach.Gateway.Upstream;

internal sealed partial class StreamUrlForwarder
{
    private static partial class Log
    {
        [LoggerMessage(1610, LogLevel.Warning, "The runtime's answer to {Path} has no URL that could be dialled; it passes unchanged.", EventName = "UrlNotReplaced")]
        public static partial void Unchanged(ILogger logger, string path);
    }
}
