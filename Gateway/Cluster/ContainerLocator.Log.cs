namespace CriAttach.Gateway.Cluster;

internal sealed partial class ContainerLocator
{
    private static partial class Log
    {
        [LoggerMessage(1130, LogLevel.Warning, "The directory does not answer; every node is asked.", EventName = "DirectoryFailed")]
        public static partial void DirectoryFailed(ILogger logger, Exception fault);

        [LoggerMessage(1131, LogLevel.Warning, "The node '{Node}' cannot be asked for a container.", EventName = "NodeSilent")]
        public static partial void NodeFailed(ILogger logger, string node, Exception fault);
    }
}
