namespace CriAttach.Gateway.KubeApi;

internal sealed partial class KubeEndpoint
{
    private static partial class Log
    {
        [LoggerMessage(1600, LogLevel.Warning, "A {Method} request of the Kubernetes API failed: {Status}.", EventName = "KubeRequestFailed")]
        public static partial void Failed(ILogger logger, string method, int status, Exception fault);
    }
}
