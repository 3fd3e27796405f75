namespace CriAttach.Silo.CriLogs;

/// <content>What it logs.</content>
internal sealed partial class CriLogRotator
{
    [LoggerMessage(1301, LogLevel.Debug, "Log {Path} was rotated; the new file begins at output offset {Offset}; {Pruned} old files were deleted")]
    private static partial void LogRotated(ILogger logger, string path, long offset, int pruned);

    [LoggerMessage(1302, LogLevel.Debug, "The rotation of log {Path} was interrupted")]
    private static partial void LogInterrupted(ILogger logger, string path);

    [LoggerMessage(1303, LogLevel.Error, "Log {Path} cannot be rotated any more and will grow")]
    private static partial void LogBroken(ILogger logger, string path, Exception fault);
}
