namespace CriAttach.Streams.Delivery;

/// <summary>A subscriber is alive and has consumed this far.</summary>
[GenerateSerializer, Immutable, Alias("criattach.LeaseRequest")]
internal sealed record LeaseRequest
{
    /// <summary>Gets the subscription's id.</summary>
    [Id(0)]
    public required Guid Subscription { get; init; }

    /// <summary>Gets its generation.</summary>
    [Id(1)]
    public required long Generation { get; init; }

    /// <summary>Gets the offset up to which everything has been consumed.</summary>
    [Id(2)]
    public required long Consumed { get; init; }

    /// <summary>Gets the epoch of <see cref="Consumed"/>; 0 where the subscriber does not say, or does not know yet.</summary>
    [Id(3)]
    public long Epoch { get; init; }
}
