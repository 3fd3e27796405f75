namespace CriAttach.Wire.Asciicast;

/// <summary>A line of an asciicast: one of the three is set.</summary>
public sealed record AsciicastLine
{
    /// <summary>Gets the header; only of the first line.</summary>
    public AsciicastHeader? Header { get; init; }

    /// <summary>Gets the event.</summary>
    public AsciicastEvent? Event { get; init; }

    /// <summary>Gets the comment, without the <c>#</c> before it.</summary>
    public string? Comment { get; init; }
}
