using CriAttach.Interfaces.Faults;
using CriAttach.Streams.Batches;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;

namespace CriAttach.Streams.Tests.Delivery;

/// <summary>Between a subscriber and its owner: nothing arrives before the test says so, in what order and whether at all.</summary>
internal sealed class BadNetwork(OutputSubscriptions owner) : IStdioOwner
{
    private readonly Lock _lock = new();
    private readonly List<Message> _underWay = [];
    private TaskCompletionSource _call = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _any = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets or sets the container's log; none when it is gone.</summary>
    public StdioLog? Log { get; set; }

    /// <summary>Gets the number of messages under way.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _underWay.Count;
            }
        }
    }

    /// <summary>Completes when the subscriber waits for an answer.</summary>
    public Task CallAsync()
    {
        lock (_lock)
        {
            return _underWay.Exists(message => message.IsCall) ? Task.CompletedTask : (_call = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Completes when anything is under way.</summary>
    public Task AnyAsync()
    {
        lock (_lock)
        {
            return _underWay.Count > 0 ? Task.CompletedTask : (_any = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Takes a message out: a call, or the one at a place.</summary>
    public Message? Take(Func<int, int> choose, bool call)
    {
        lock (_lock)
        {
            var at = call ? _underWay.FindIndex(message => message.IsCall) : _underWay.Count > 0 ? choose(_underWay.Count) : -1;
            if (at < 0)
            {
                return null;
            }

            var message = _underWay[at];
            _underWay.RemoveAt(at);
            return message;
        }
    }

    public async Task<SubscribeReply> SubscribeAsync(SubscribeRequest request)
    {
        var towardsReceiver = new Receiver(this, request.Receiver);
        return (SubscribeReply)(await Send(() => owner.Subscribe(Found(), request with { Receiver = towardsReceiver }), isCall: true))!;
    }

    public async Task<LeaseReply> RenewAsync(LeaseRequest request) =>
        (LeaseReply)(await Send(() => owner.Renew(Log, request), isCall: true))!;

    public Task AcknowledgeAsync(LeaseRequest request)
    {
        _ = Send(() => owner.Renew(Log, request), isCall: false);
        return Task.CompletedTask;
    }

    public Task UnsubscribeAsync(Guid subscription)
    {
        owner.Unsubscribe(subscription);
        return Task.CompletedTask;
    }

    public Task<PublishReply> PublishAsync(StdioBatch batch) => throw new NotSupportedException();

    private StdioLog Found() => Log ?? throw new ContainerNotFoundException("gone");

    private Task<object?> Send(Func<object?> effect, bool isCall)
    {
        var message = new Message(effect, isCall);
        lock (_lock)
        {
            _underWay.Add(message);
            _any.TrySetResult();
            if (isCall)
            {
                _call.TrySetResult();
            }
        }

        return message.Answer;
    }

    private sealed class Receiver(BadNetwork network, IStdioReceiver subscriber) : IStdioReceiver
    {
        public async Task<long> DeliverAsync(StdioBatch batch)
        {
            // A copy, as the wire makes one: the sender's memory is its own again after the answer.
            var data = batch.Slices.Select(slice => (slice.Stream, Bytes: slice.Data.ToArray())).ToArray();
            return (long)(await network.Send(() => subscriber.DeliverAsync(Copy(batch, data)).GetAwaiter().GetResult(), isCall: false))!;
        }

        private static StdioBatch Copy(StdioBatch batch, (Interfaces.Stdio.StdioStream Stream, byte[] Bytes)[] data) => new(
            [.. data.Select(part =>
            {
                var block = new PooledBlock(part.Bytes.Length);
                part.Bytes.CopyTo(block.Memory);
                return new LogSlice(part.Stream, block, block.Memory[..part.Bytes.Length]);
            })],
            owned: true)
        {
            Channel = batch.Channel,
            Generation = batch.Generation,
            Epoch = batch.Epoch,
            Offset = batch.Offset,
            Gap = batch.Gap,
            End = batch.End,
        };
    }
}
