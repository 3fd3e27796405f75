namespace CriAttach.Gateway.Admin;

internal sealed partial class AdminFaults
{
    private static partial class Log
    {
        [LoggerMessage(1500, LogLevel.Warning, "A {Method} request of the admin API failed: {Status}.", EventName = "AdminRequestFailed")]
        public static partial void Failed(ILogger logger, string method, int status, Exception fault);
    }
}
