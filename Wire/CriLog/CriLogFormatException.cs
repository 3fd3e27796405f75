namespace CriAttach.Wire.CriLog;

/// <summary>A line of a log file is not as CRI says.</summary>
/// <param name="lineOffset">Where in the file the line starts.</param>
/// <param name="message">What was wrong.</param>
public sealed class CriLogFormatException(long lineOffset, string message)
    : Exception($"Log line at file offset {lineOffset}: {message}")
{
    /// <summary>Where in the file the line starts.</summary>
    public long LineOffset { get; } = lineOffset;
}
