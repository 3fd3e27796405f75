namespace CriAttach.Gateway.Streaming;

internal sealed partial class SessionLeases
{
    private static partial class Log
    {
        [LoggerMessage(1310, LogLevel.Warning, "{Count} sessions could not be renewed on node '{Node}'.", EventName = "RenewFailed")]
        public static partial void RenewFailed(ILogger logger, string node, int count, Exception fault);
    }
}
