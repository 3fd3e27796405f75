using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Batches;

namespace CriAttach.Streams.Delivery;

/// <content>Handing chunks to the observer.</content>
internal sealed partial class OutputSubscriber
{
    /// <summary>Runs the consumer: here and now where that is the subscriber's scheduler, else over there: a grain that subscribed gets chunks in its own turns.</summary>
    private void Consume()
    {
        if (_scheduler == TaskScheduler.Current)
        {
            _ = ConsumeAsync();
        }
        else
        {
            _ = Task.Factory.StartNew(ConsumeAsync, CancellationToken.None, TaskCreationOptions.None, _scheduler);
        }
    }

    private async Task ConsumeAsync()
    {
        var ended = false;
        try
        {
            while (!ended && Next() is { } batch)
            {
                await HandOverAsync(batch);
                ended = batch.End;
            }

            if (ended)
            {
                Close();
                await _observer.OnCompletedAsync();
            }
            else if (_failure is { } failure && !_closed)
            {
                await EndAsync(failure);
            }
        }
        catch (Exception fault)
        {
            // The observer is somebody else's code: it is told, and gets no more.
            Log.ObserverFailed(_context.Logger, HandleId, fault);
            await EndAsync(fault);
        }
    }

    /// <summary>Whether there is something to hand over and nobody does it; the caller then does. Holds the lock.</summary>
    private bool TryStartConsuming()
    {
        if (_consuming || (_ready.Count == 0 && _failure is null))
        {
            return false;
        }

        return _consuming = true;
    }

    /// <summary>The subscription cannot go on: the observer is told after what has come already, and in its own place.</summary>
    private void Fail(Exception failure)
    {
        lock (_lock)
        {
            if (_closed)
            {
                return;
            }

            _failure ??= failure;
            if (!TryStartConsuming())
            {
                return;
            }
        }

        Consume();
    }

    private StdioBatch? Next()
    {
        lock (_lock)
        {
            if (_closed)
            {
                DropReady();
            }

            if (_ready.TryDequeue(out var batch))
            {
                return batch;
            }

            // Nobody consumes after a failure.
            _consuming = _failure is not null;
            return null;
        }
    }

    private async Task HandOverAsync(StdioBatch batch)
    {
        try
        {
            if (batch.Gap != 0)
            {
                var lost = batch.Offset - Math.Max(0, batch.Gap);
                await _observer.OnNextAsync(
                    new StdioChunk { Kind = StdioChunkKind.Gap, Offset = lost, GapLength = batch.Gap, Epoch = batch.Epoch },
                    new StdioToken(lost, batch.Epoch));
            }

            var offset = batch.Offset;
            foreach (var slice in batch.Slices)
            {
                var chunk = new StdioChunk(slice.Owner)
                {
                    Kind = StdioChunkKind.Data,
                    Stream = slice.Stream,
                    Offset = offset,
                    Epoch = batch.Epoch,
                    Data = slice.Data,
                };
                await _observer.OnNextAsync(chunk, new StdioToken(offset, batch.Epoch));
                offset = chunk.EndOffset;
                Consumed(batch.Generation, offset);
            }

            Consumed(batch.Generation, batch.EndOffset);
        }
        finally
        {
            batch.Done();
        }
    }

    private void Consumed(long generation, long offset)
    {
        LeaseRequest? report = null;
        lock (_lock)
        {
            if (generation < _continuousSince || _closed)
            {
                // Left over from another epoch: its offsets have nothing to do with those of the window.
                return;
            }

            _consumed = Math.Max(_consumed, offset);
            if (_consumed - _reported >= Window / 2)
            {
                // No answer to a batch may be left to carry it: the window could be empty.
                _reported = _consumed;
                report = Lease();
            }
        }

        if (report is not null)
        {
            _ = _context.Owner.AcknowledgeAsync(report);
        }
    }

    private LeaseRequest Lease() => new() { Subscription = HandleId, Generation = _sequence.Generation, Consumed = _consumed, Epoch = _epoch };

    private void DropReady()
    {
        while (_ready.TryDequeue(out var dropped))
        {
            dropped.Done();
        }
    }

    private async Task EndAsync(Exception fault)
    {
        await UnsubscribeAsync();
        lock (_lock)
        {
            DropReady();
        }

        try
        {
            await _observer.OnErrorAsync(fault);
        }
        catch (Exception second)
        {
            Log.ObserverFailed(_context.Logger, HandleId, second);
        }
    }
}
