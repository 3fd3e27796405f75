namespace CriAttach.Wire.Resume;

/// <summary>Client to server: all output up to here has been used. It opens the window of a client that asked for one.</summary>
public sealed record OutputAck : ResumeMessage
{
    /// <summary>Gets the offset behind the last byte.</summary>
    public required long Offset { get; init; }
}
