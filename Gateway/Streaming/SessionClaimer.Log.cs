namespace CriAttach.Gateway.Streaming;

internal sealed partial class SessionClaimer
{
    private static partial class Log
    {
        [LoggerMessage(1330, LogLevel.Warning, "Session {Session}: claim {Attempt} got no answer.", EventName = "ClaimFailed")]
        public static partial void ClaimFailed(ILogger logger, string session, int attempt, Exception fault);
    }
}
