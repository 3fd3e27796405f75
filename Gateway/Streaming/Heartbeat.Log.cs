namespace CriAttach.Gateway.Streaming;

internal sealed partial class Heartbeat
{
    private static partial class Log
    {
        [LoggerMessage(1320, LogLevel.Error, "The heartbeat failed; it goes on.", EventName = "HeartbeatFailed")]
        public static partial void Failed(ILogger logger, Exception fault);
    }
}
