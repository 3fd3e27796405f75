namespace CriAttach.Wire.Asciicast;

/// <summary>The first line of an asciicast.</summary>
public sealed record AsciicastHeader
{
    /// <summary>Gets the terminal's width at the beginning.</summary>
    public required int Columns { get; init; }

    /// <summary>Gets the terminal's height at the beginning.</summary>
    public required int Rows { get; init; }

    /// <summary>Gets what <c>TERM</c> says; empty for nothing.</summary>
    public string TerminalType { get; init; } = "";

    /// <summary>Gets when it began, in seconds since 1970; none where nobody knows.</summary>
    public long? Timestamp { get; init; }

    /// <summary>Gets the title; empty for none.</summary>
    public string Title { get; init; } = "";
}
