namespace CriAttach.Gateway.Cluster;

internal sealed partial class Membership
{
    private static partial class Log
    {
        [LoggerMessage(1110, LogLevel.Warning, "The membership cannot be read; what was known stays.", EventName = "MembershipFailed")]
        public static partial void Failed(ILogger logger, Exception fault);
    }
}
