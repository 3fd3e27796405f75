namespace CriAttach.Gateway.Cluster;

internal sealed partial class NodeClients
{
    private static partial class Log
    {
        [LoggerMessage(1120, LogLevel.Warning, "The silo of node '{Node}' cannot be reached directly; calls take the way over another silo.", EventName = "DirectClientFailed")]
        public static partial void DirectFailed(ILogger logger, string node, Exception fault);

        [LoggerMessage(1121, LogLevel.Warning, "Node '{Node}' does not answer: {Count} connections to it are broken off and made anew.", EventName = "SilentConnectionsBrokenOff")]
        public static partial void BrokenOff(ILogger logger, string node, int count);
    }
}
