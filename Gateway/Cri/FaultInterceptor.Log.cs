using Grpc.Core;

namespace CriAttach.Gateway.Cri;

internal sealed partial class FaultInterceptor
{
    private static partial class Log
    {
        [LoggerMessage(1400, LogLevel.Warning, "{Method} failed: {Code}.", EventName = "CallFailed")]
        public static partial void Failed(ILogger logger, string method, StatusCode code, Exception fault);
    }
}
