using CriAttach.Streams.Batches;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;

namespace CriAttach.Streams.Tests.Delivery;

/// <summary>An owner without a network; its calls fail when the test says.</summary>
internal sealed class DirectOwner(OutputSubscriptions subscriptions, StdioLog? log) : IStdioOwner
{
    private TaskCompletionSource _renewed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets or sets the container's log.</summary>
    public StdioLog? Log { get; set; } = log;

    /// <summary>Gets or sets what every call throws.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Gets what was asked for last.</summary>
    public SubscribeRequest? Asked { get; private set; }

    public Task<SubscribeReply> SubscribeAsync(SubscribeRequest request) => Fault is null
        ? Task.FromResult(subscriptions.Subscribe(Log ?? throw new Interfaces.Faults.ContainerNotFoundException("gone"), Asked = request))
        : Task.FromException<SubscribeReply>(Fault);

    public Task<LeaseReply> RenewAsync(LeaseRequest request)
    {
        _renewed.TrySetResult();
        return Fault is null ? Task.FromResult(subscriptions.Renew(Log, request)) : Task.FromException<LeaseReply>(Fault);
    }

    public Task AcknowledgeAsync(LeaseRequest request)
    {
        subscriptions.Renew(Log, request);
        return Task.CompletedTask;
    }

    public Task UnsubscribeAsync(Guid subscription)
    {
        subscriptions.Unsubscribe(subscription);
        return Fault is null ? Task.CompletedTask : Task.FromException(Fault);
    }

    public Task<PublishReply> PublishAsync(StdioBatch batch) => throw new NotSupportedException();

    /// <summary>Completes at the next renewal.</summary>
    public Task RenewedAsync() => (_renewed = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
}
