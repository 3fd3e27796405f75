using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Batches;

namespace CriAttach.Streams.Delivery;

/// <content>Staying subscribed.</content>
internal sealed partial class OutputSubscriber
{
    private async Task RenewAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(_context.Options.LeaseInterval, _context.Clock);
        var reachedAt = _context.Clock.GetTimestamp();
        long stuckAt = -1;
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                try
                {
                    stuckAt = await RenewOnceAsync(stuckAt).ConfigureAwait(false);
                    reachedAt = _context.Clock.GetTimestamp();
                }
                catch (ContainerNotFoundException gone)
                {
                    await FailAsync(gone).ConfigureAwait(false);
                    return;
                }
                catch (Exception fault) when (fault is OrleansException or TimeoutException or CriAttachException or IOException)
                {
                    var silence = _context.Clock.GetElapsedTime(reachedAt);
                    Log.RenewFailed(_context.Logger, HandleId, silence, fault);
                    if (silence > _context.Options.LostAfter)
                    {
                        await FailAsync(new NodeUnavailableException($"the container's node has not been reached for {silence.TotalSeconds:F0} s")).ConfigureAwait(false);
                        return;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Unsubscribed, or at the end.
        }
    }

    /// <summary>Renews, and subscribes again when the node has forgotten us or a batch got lost on the way.</summary>
    /// <returns>The offset at which something is missing, to be compared a tick later; -1 when nothing is.</returns>
    private async Task<long> RenewOnceAsync(long stuckAt)
    {
        LeaseRequest lease;
        lock (_lock)
        {
            _reported = _consumed;
            lease = Lease();
        }

        var reply = await _context.Owner.RenewAsync(lease).ConfigureAwait(false);
        long expected;
        bool missing;
        lock (_lock)
        {
            expected = _sequence.Expected;
            if (_sequence.Ended)
            {
                return -1;
            }

            missing = reply.Sent > expected || reply.EndSent;
        }

        if (!reply.Known || (missing && stuckAt == expected))
        {
            await SubscribeAsync(expected).ConfigureAwait(false);
            return -1;
        }

        return missing ? expected : -1;
    }

    /// <summary>Asks for everything from <paramref name="offset"/> on. Bytes that the owner no longer has become a gap that is told.</summary>
    private async Task SubscribeAsync(long? offset)
    {
        SubscribeRequest request;
        lock (_lock)
        {
            _sequence.Restart(_sequence.Generation + 1);
            request = new SubscribeRequest
            {
                Subscription = HandleId,
                Generation = _sequence.Generation,
                Receiver = _reference!,
                Offset = offset,
                Epoch = _epoch,
                Window = _context.Options.Window,
                MayHold = _mayHold,
            };
        }

        // Where this fails, the expected offset stays as it is and the next renewal tries again.
        var reply = await _context.Owner.SubscribeAsync(request).ConfigureAwait(false);
        lock (_lock)
        {
            if (reply.Discontinuous && offset is { } lost)
            {
                Log.Discontinuous(_context.Logger, HandleId, lost, reply.Start);
                _ready.Enqueue(UnknownGap(lost, reply.Epoch));
            }

            _epoch = reply.Epoch;
            _consumed = reply.Start;
            _reported = reply.Start;
            _sequence.Begin(reply.Start, _ready.Enqueue);
            if (_consuming || _ready.Count == 0)
            {
                return;
            }

            _consuming = true;
        }

        Consume();
    }

    /// <summary>Takes the gap's place in the queue, behind everything that came before it.</summary>
    private StdioBatch UnknownGap(long offset, long epoch) => new([], owned: true)
    {
        Channel = HandleId,
        Generation = 0,
        Epoch = epoch,
        Offset = offset,
        Gap = StdioChunk.UnknownLength,
    };
}
