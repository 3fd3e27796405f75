using CriAttach.Streams.Batches;

namespace CriAttach.Streams.Delivery;

/// <summary>The receiving end of a subscription, wherever it lives.</summary>
[GrainInterfaceType("criattach.stdio-receiver"), Alias("criattach.stdio-receiver")]
internal interface IStdioReceiver : IGrainObserver
{
    /// <summary>Takes a batch. Never waits for the consumer: the window bounds what can come.</summary>
    /// <param name="batch">The batch.</param>
    /// <returns>The offset up to which everything has been consumed.</returns>
    [Alias("deliver"), ResponseTimeout("00:00:10")]
    Task<long> DeliverAsync(StdioBatch batch);
}
