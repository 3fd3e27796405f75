using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Streams.Batches;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;

namespace CriAttach.Streams.Delivery;

/// <summary>Answers for one container's streams; the state is the node's, so a lost activation loses nothing.</summary>
internal sealed class StdioOwner(IGrainContext context, IStdioEndpoints endpoints, OutputSubscriptions subscriptions) : IStdioOwner
{
    private readonly ContainerKey _key = ContainerKey.Parse(context.GrainId.Key.ToString()!);

    /// <inheritdoc/>
    public Task<SubscribeReply> SubscribeAsync(SubscribeRequest request) =>
        Task.FromResult(subscriptions.Subscribe(Endpoint().Output, request));

    /// <inheritdoc/>
    public Task<LeaseReply> RenewAsync(LeaseRequest request) => Task.FromResult(subscriptions.Renew(Current, request));

    /// <inheritdoc/>
    public Task AcknowledgeAsync(LeaseRequest request)
    {
        subscriptions.Renew(Current, request);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task UnsubscribeAsync(Guid subscription)
    {
        subscriptions.Unsubscribe(subscription);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<PublishReply> PublishAsync(StdioBatch batch)
    {
        try
        {
            return Endpoint().Input is { } input
                ? await input.PublishAsync(batch)
                : new PublishReply { Status = PublishStatus.Closed };
        }
        finally
        {
            batch.Done();
        }
    }

    private StdioLog? Current => endpoints.Find(_key)?.Output;

    private StdioEndpoint Endpoint() =>
        endpoints.Find(_key) ?? throw new ContainerNotFoundException($"container {_key.ContainerId} is not on node {_key.Node}");
}
