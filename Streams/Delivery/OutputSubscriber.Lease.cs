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
                    Fail(gone);
                    return;
                }
                catch (Exception fault) when (IsOutOfReach(fault))
                {
                    var silence = _context.Clock.GetElapsedTime(reachedAt);
                    Log.RenewFailed(_context.Logger, HandleId, silence, fault);
                    if (silence > _context.Options.LostAfter)
                    {
                        Fail(new NodeUnavailableException($"the container's node has not been reached for {silence.TotalSeconds:F0} s"));
                        return;
                    }
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Unsubscribed, or at the end.
        }
        catch (Exception fault)
        {
            // Without renewal the node forgets us without a word, so the observer is told now.
            Fail(fault);
        }
    }

    private static bool IsOutOfReach(Exception fault) => fault is OrleansException or TimeoutException or CriAttachException or IOException;

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
        bool again;
        lock (_lock)
        {
            expected = _sequence.Expected;
            if (_sequence.Ended)
            {
                return -1;
            }

            missing = reply.Sent > expected || reply.EndSent;
            again = !reply.Known || !_sequence.Begun || (missing && stuckAt == expected);
        }

        if (again)
        {
            await SubscribeAsync().ConfigureAwait(false);
            return -1;
        }

        return missing ? expected : -1;
    }

    /// <summary>Asks for everything from the next byte on. Bytes that the owner no longer has become a gap that is told.</summary>
    private async Task SubscribeAsync()
    {
        SubscribeRequest request;
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            // In one step: a batch that still came in between would come again.
            var offset = _subscribed ? _sequence.Expected : _from;
            _sequence.Restart(_sequence.Generation + 1);
            _reported = _consumed;
            request = new SubscribeRequest
            {
                Subscription = HandleId,
                Generation = _sequence.Generation,
                Receiver = _reference!,
                Offset = offset,
                Epoch = _epoch,
                Window = Window,
                MayHold = _mayHold,
                Consumed = _subscribed ? _consumed : null,
            };
        }

        // Where this fails, the expected offset stays as it is and the next renewal tries again.
        var reply = await _context.Owner.SubscribeAsync(request).ConfigureAwait(false);
        if (Begin(request, reply))
        {
            Consume();
        }
        else if (Volatile.Read(ref _closed))
        {
            // Closed meanwhile: this subscription may have begun after the word that it is over.
            await LeaveAsync().ConfigureAwait(false);
        }
    }

    /// <returns>Whether the consumer is to be started.</returns>
    private bool Begin(SubscribeRequest request, SubscribeReply reply)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            if (reply.Discontinuous && request.Offset is { } lost)
            {
                Log.Discontinuous(_context.Logger, HandleId, lost, reply.Start);
                _ready.Enqueue(UnknownGap(lost, reply.Epoch));
            }

            if (reply.Discontinuous || !_subscribed)
            {
                // What is still queued of before has offsets that mean nothing any more.
                _consumed = _reported = reply.Start;
                _continuousSince = request.Generation;
            }

            _subscribed = true;
            _epoch = reply.Epoch;
            _sequence.Begin(reply.Start, reply.Epoch, _ready.Enqueue);
            return TryStartConsuming();
        }
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
