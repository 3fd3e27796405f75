namespace CriAttach.Wire.Asciicast;

/// <summary>A line is not as asciicast v3 says.</summary>
/// <param name="line">The line's number, from 1 on.</param>
/// <param name="message">What was wrong.</param>
public sealed class AsciicastFormatException(long line, string message) : Exception($"Line {line}: {message}")
{
    /// <summary>Gets the line's number, from 1 on.</summary>
    public long Line { get; } = line;
}
