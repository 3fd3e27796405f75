namespace CriAttach.Streams.Delivery;

/// <summary>The node's view of a subscription.</summary>
[GenerateSerializer, Immutable, Alias("criattach.LeaseReply")]
internal sealed record LeaseReply
{
    /// <summary>Gets a value indicating whether the node has the subscription, in this generation.</summary>
    [Id(0)]
    public required bool Known { get; init; }

    /// <summary>Gets the offset up to which batches have been sent.</summary>
    [Id(1)]
    public long Sent { get; init; }

    /// <summary>Gets a value indicating whether the batch that says the end has been sent.</summary>
    [Id(2)]
    public bool EndSent { get; init; }
}
