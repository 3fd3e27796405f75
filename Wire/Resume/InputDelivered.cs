namespace CriAttach.Wire.Resume;

/// <summary>Server to client: PID 1 can read all input up to here. The client need not keep it any longer.</summary>
public sealed record InputDelivered : ResumeMessage
{
    /// <summary>Gets the offset behind the last byte.</summary>
    public required long Offset { get; init; }
}
