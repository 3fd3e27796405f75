namespace CriAttach.Streams.Delivery;

/// <summary>Where a subscription begins.</summary>
[GenerateSerializer, Immutable, Alias("criattach.SubscribeReply")]
internal sealed record SubscribeReply
{
    /// <summary>Gets the epoch of the container's output.</summary>
    [Id(0)]
    public required long Epoch { get; init; }

    /// <summary>Gets the offset of the first byte that will come.</summary>
    [Id(1)]
    public required long Start { get; init; }

    /// <summary>Gets a value indicating whether the offset that was asked for means nothing any more: what lay between is lost, nobody knows how much.</summary>
    [Id(2)]
    public bool Discontinuous { get; init; }
}
