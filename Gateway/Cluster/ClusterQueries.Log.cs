namespace CriAttach.Gateway.Cluster;

internal sealed partial class ClusterQueries
{
    private static partial class Log
    {
        [LoggerMessage(1150, LogLevel.Warning, "The node '{Node}' does not answer {Question}; its part is missing in the list.", EventName = "NodeSilentInList")]
        public static partial void NodeSilent(ILogger logger, string node, string question, Exception fault);
    }
}
