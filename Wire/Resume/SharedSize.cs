namespace CriAttach.Wire.Resume;

/// <summary>Server to client: the size of the terminal that it shares, which another client has set.</summary>
public sealed record SharedSize : ResumeMessage
{
    /// <summary>Gets the number of columns.</summary>
    public required int Width { get; init; }

    /// <summary>Gets the number of rows.</summary>
    public required int Height { get; init; }
}
