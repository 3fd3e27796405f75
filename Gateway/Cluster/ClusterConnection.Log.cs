namespace CriAttach.Gateway.Cluster;

internal sealed partial class ClusterConnection
{
    private static partial class Log
    {
        [LoggerMessage(1100, LogLevel.Information, "The cluster is reached.", EventName = "ClusterConnected")]
        public static partial void Connected(ILogger logger);

        [LoggerMessage(1101, LogLevel.Warning, "The cluster cannot be reached; it is tried on.", EventName = "ClusterNotReached")]
        public static partial void NotConnected(ILogger logger, Exception fault);

        [LoggerMessage(1102, LogLevel.Warning, "The cluster does not answer: {Count} connections to it are broken off and made anew.", EventName = "SilentClusterBrokenOff")]
        public static partial void BrokenOff(ILogger logger, int count);
    }
}
