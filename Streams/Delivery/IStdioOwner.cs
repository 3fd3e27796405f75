using CriAttach.Interfaces.Faults;
using CriAttach.Streams.Batches;
using CriAttach.Streams.Input;
using Orleans.Concurrency;

namespace CriAttach.Streams.Delivery;

/// <summary>The owning end of a container's streams: an extension of its container grain. No call waits behind another.</summary>
[GrainInterfaceType("criattach.stdio-owner"), Alias("criattach.stdio-owner")]
internal interface IStdioOwner : IGrainExtension
{
    /// <summary>Starts, or restarts, a subscription to the output.</summary>
    /// <exception cref="ContainerNotFoundException">The node has no such container.</exception>
    [Alias("subscribe"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<SubscribeReply> SubscribeAsync(SubscribeRequest request);

    /// <summary>Renews a subscription and returns credit.</summary>
    [Alias("renew"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task<LeaseReply> RenewAsync(LeaseRequest request);

    /// <summary>Returns credit. Nobody waits for it; the next one says the same and more.</summary>
    [Alias("acknowledge"), AlwaysInterleave, OneWay]
    Task AcknowledgeAsync(LeaseRequest request);

    /// <summary>Ends a subscription.</summary>
    [Alias("unsubscribe"), AlwaysInterleave, ResponseTimeout("00:00:05")]
    Task UnsubscribeAsync(Guid subscription);

    /// <summary>Takes input for PID 1.</summary>
    /// <exception cref="ContainerNotFoundException">The node has no such container.</exception>
    [Alias("publish"), AlwaysInterleave, ResponseTimeout("00:00:10")]
    Task<PublishReply> PublishAsync(StdioBatch batch);
}
