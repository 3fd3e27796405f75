namespace CriAttach.Streams.Delivery;

/// <summary>Asks a container's node for its output. Repeating it with a higher generation replaces the subscription.</summary>
[GenerateSerializer, Immutable, Alias("criattach.SubscribeRequest")]
internal sealed record SubscribeRequest
{
    /// <summary>Gets the subscription's id.</summary>
    [Id(0)]
    public required Guid Subscription { get; init; }

    /// <summary>Gets the number of this attempt; batches of older ones are thrown away.</summary>
    [Id(1)]
    public required long Generation { get; init; }

    /// <summary>Gets who receives.</summary>
    [Id(2)]
    public required IStdioReceiver Receiver { get; init; }

    /// <summary>Gets the offset to begin at; none for the live edge.</summary>
    [Id(3)]
    public long? Offset { get; init; }

    /// <summary>Gets the epoch of <see cref="Offset"/>; 0 when any will do.</summary>
    [Id(4)]
    public long Epoch { get; init; }

    /// <summary>Gets how many bytes may be under way.</summary>
    [Id(5)]
    public required int Window { get; init; }

    /// <summary>Gets a value indicating whether this subscriber may slow PID 1 down.</summary>
    [Id(6)]
    public required bool MayHold { get; init; }

    /// <summary>Gets the offset up to which everything has been consumed, where that is less than <see cref="Offset"/>: the window begins there.</summary>
    [Id(7)]
    public long? Consumed { get; init; }
}
