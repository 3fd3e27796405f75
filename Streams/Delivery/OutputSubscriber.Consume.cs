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
        }
        catch (Exception fault)
        {
            // The observer is somebody else's code: it is told, and gets no more.
            Log.ObserverFailed(_context.Logger, HandleId, fault);
            await FailAsync(fault);
        }
    }

    private StdioBatch? Next()
    {
        lock (_lock)
        {
            if (_closed)
            {
                while (_ready.TryDequeue(out var dropped))
                {
                    dropped.Done();
                }
            }

            if (_ready.TryDequeue(out var batch))
            {
                return batch;
            }

            _consuming = false;
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
            if (generation != _sequence.Generation)
            {
                // Left over from the attempt before: the new one's window begins behind it.
                return;
            }

            _consumed = Math.Max(_consumed, offset);
            if (_consumed - _reported >= _context.Options.Window / 2)
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

    private LeaseRequest Lease() => new() { Subscription = HandleId, Generation = _sequence.Generation, Consumed = _consumed };

    private async Task FailAsync(Exception fault)
    {
        await UnsubscribeAsync();
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
