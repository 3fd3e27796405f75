namespace CriAttach.Wire.Resume;

/// <summary>Server to client: the container's node failed while this input was under way. It may have arrived or not, and is not sent again.</summary>
public sealed record InputDoubt : ResumeMessage
{
    /// <summary>Gets the offset of the first byte in doubt.</summary>
    public required long From { get; init; }

    /// <summary>Gets the offset behind the last one.</summary>
    public required long To { get; init; }
}
