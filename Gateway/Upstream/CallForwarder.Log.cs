using Yarp.ReverseProxy.Forwarder;

namespace CriAttach.Gateway.Upstream;

internal sealed partial class CallForwarder
{
    private static partial class Log
    {
        [LoggerMessage(1600, LogLevel.Warning, "{Path} did not get through ({Error}): {Reason}.", EventName = "CallNotForwarded")]
        public static partial void Failed(ILogger logger, string path, ForwarderError error, string reason, Exception? fault);
    }
}
