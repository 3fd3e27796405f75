namespace CriAttach.Silo.Agent;

/// <content>What it logs. A session's id is a hash of its token, never the token.</content>
internal sealed partial class SessionJournal
{
    [LoggerMessage(1011, LogLevel.Information, "{Count} sessions were kept ({Lines} lines)")]
    private static partial void LogLoaded(ILogger logger, int count, int lines);

    [LoggerMessage(1012, LogLevel.Warning, "A line of the session journal is left out: {Message}")]
    private static partial void LogTorn(ILogger logger, string message);

    [LoggerMessage(1013, LogLevel.Error, "Session {Session} could not be written to the journal")]
    private static partial void LogNotWritten(ILogger logger, string session, Exception fault);
}
