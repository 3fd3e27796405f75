namespace CriAttach.Gateway.Streaming;

internal sealed partial class AttachEndpoint
{
    private static partial class Log
    {
        [LoggerMessage(1340, LogLevel.Warning, "A client came with a token whose node is out of reach.", EventName = "TokenNodeUnavailable")]
        public static partial void Unavailable(ILogger logger, Exception fault);
    }
}
