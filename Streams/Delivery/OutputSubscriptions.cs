using System.Collections.Concurrent;
using CriAttach.Streams.Log;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CriAttach.Streams.Delivery;

/// <summary>All subscriptions to the containers of this node. A singleton of the process, so that they outlive any activation.</summary>
internal sealed class OutputSubscriptions : IDisposable
{
    private readonly ConcurrentDictionary<Guid, OutputSubscription> _subscriptions = new();
    private readonly Lock _lock = new();
    private readonly DeliveryOptions _options;
    private readonly TimeProvider _clock;
    private readonly ILogger<OutputSubscription> _logger;
    private readonly ITimer _sweep;

    public OutputSubscriptions(IOptions<DeliveryOptions> options, TimeProvider clock, ILogger<OutputSubscription> logger)
    {
        _options = options.Value;
        _clock = clock;
        _logger = logger;
        _sweep = clock.CreateTimer(static self => ((OutputSubscriptions)self!).Sweep(), this, _options.LeaseTimeout / 3, _options.LeaseTimeout / 3);
    }

    /// <summary>Gets how many there are.</summary>
    public int Count => _subscriptions.Count;

    /// <summary>Starts a subscription, or starts it again from where the subscriber says.</summary>
    public SubscribeReply Subscribe(StdioLog log, SubscribeRequest request)
    {
        OutputSubscription started;
        OutputSubscription? old;
        SubscribeReply reply;
        lock (_lock)
        {
            if (_subscriptions.TryGetValue(request.Subscription, out old) && old.Generation > request.Generation)
            {
                // A late message of an attempt that the subscriber has given up; whoever waits for it is gone.
                return new SubscribeReply { Epoch = log.Epoch, Start = log.Head };
            }

            reply = Start(log, request);
            started = new OutputSubscription(log, request, reply, _options, _logger) { RenewedAt = _clock.GetTimestamp() };
            _subscriptions[request.Subscription] = started;
        }

        // Only now: the new cursor keeps in memory what the old one kept.
        old?.Stop();

        // Not on the turn: the first batches must not wait for whatever the grain does next.
        ThreadPool.UnsafeQueueUserWorkItem(static subscription => subscription.Start(), started, preferLocal: false);
        return reply;
    }

    /// <summary>Renews a subscription and takes its acknowledgement.</summary>
    /// <param name="current">The container's log as it is now; none when the container is gone.</param>
    /// <param name="request">What the subscriber says.</param>
    public LeaseReply Renew(StdioLog? current, LeaseRequest request)
    {
        if (!_subscriptions.TryGetValue(request.Subscription, out var subscription)
            || subscription.Generation != request.Generation
            || (request.Epoch != 0 && request.Epoch != subscription.Source.Epoch)
            || !StillServes(subscription.Source, current))
        {
            return new LeaseReply { Known = false };
        }

        subscription.RenewedAt = _clock.GetTimestamp();
        subscription.Acknowledge(request.Consumed);
        return subscription.State;
    }

    /// <summary>Ends a subscription.</summary>
    public void Unsubscribe(Guid id)
    {
        if (_subscriptions.TryRemove(id, out var subscription))
        {
            subscription.Stop();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sweep.Dispose();
        foreach (var id in _subscriptions.Keys)
        {
            Unsubscribe(id);
        }
    }

    private static SubscribeReply Start(StdioLog log, SubscribeRequest request)
    {
        var head = log.Head;
        if (request.Offset is not { } offset)
        {
            return new SubscribeReply { Epoch = log.Epoch, Start = head };
        }

        var otherEpoch = request.Epoch != 0 && request.Epoch != log.Epoch;
        return otherEpoch || offset > head
            ? new SubscribeReply { Epoch = log.Epoch, Start = otherEpoch ? log.Tail : head, Discontinuous = true }
            : new SubscribeReply { Epoch = log.Epoch, Start = offset };
    }

    /// <summary>A log that another one has replaced has another epoch; one whose container is gone is served to its end, if it has one.</summary>
    private static bool StillServes(StdioLog log, StdioLog? current) => log == current || (current is null && log.IsCompleted);

    private void Sweep()
    {
        foreach (var (id, subscription) in _subscriptions)
        {
            if (_clock.GetElapsedTime(subscription.RenewedAt) > _options.LeaseTimeout)
            {
                subscription.Stop();
                _subscriptions.TryRemove(new KeyValuePair<Guid, OutputSubscription>(id, subscription));
            }
        }
    }
}
