namespace CriAttach.Wire.Resume;

/// <summary>Server to client: where the output that follows lies, since it does not follow what came before.</summary>
public sealed record OutputPosition : ResumeMessage
{
    /// <summary>Gets the epoch: offsets of another one mean nothing any more.</summary>
    public required long Epoch { get; init; }

    /// <summary>Gets the offset of the byte that comes next.</summary>
    public required long Offset { get; init; }

    /// <summary>Gets how many bytes before it are lost; -1 when nobody knows.</summary>
    public long Lost { get; init; }
}
