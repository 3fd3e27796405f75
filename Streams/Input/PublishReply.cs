namespace CriAttach.Streams.Input;

/// <summary>The owner's answer to a piece of input. Offsets are cumulative.</summary>
[GenerateSerializer, Immutable, Alias("criattach.PublishReply")]
internal sealed record PublishReply
{
    /// <summary>Gets how the owner sees the producer.</summary>
    [Id(0)]
    public required PublishStatus Status { get; init; }

    /// <summary>Gets the offset up to which the owner has taken the producer's bytes.</summary>
    [Id(1)]
    public long Accepted { get; init; }

    /// <summary>Gets the offset up to which the runtime has taken them: these PID 1 can read.</summary>
    [Id(2)]
    public long Delivered { get; init; }

    /// <summary>Gets the life of the owner, which the producer must know; 0 where the owner has no such producer at all.</summary>
    [Id(3)]
    public long Incarnation { get; init; }

    /// <summary>Gets a value indicating whether the producer's end waits behind other input, and would be lost with the owner. Older releases do not tell.</summary>
    [Id(4)]
    public bool EndWaits { get; init; }

    /// <summary>Gets, from an owner that the producer does not know, the offset up to which one before it had taken the input of the session's connection before.</summary>
    [Id(5)]
    public long TakenBefore { get; init; }

    /// <summary>Gets a value indicating whether that is all that can have reached PID 1, and what is delivered is known: the owner is the same, and began anew.</summary>
    [Id(6)]
    public bool TakenIsExact { get; init; }
}
