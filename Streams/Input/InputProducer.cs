using System.Diagnostics.CodeAnalysis;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Batches;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Log;

namespace CriAttach.Streams.Input;

/// <summary>
/// The sending end of one session's input. Several pieces may be under way; the owner puts them in order by offset and takes each once,
/// so a piece whose answer got lost is sent again without harm, as long as it is the same owner.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore's wait handle is never made, so there is nothing to dispose.")]
internal sealed class InputProducer(Guid id, IStdioOwner owner, DeliveryOptions options, TimeProvider clock)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _firstOfIncarnation = new(1, 1);
    private long _incarnation;
    private bool _begun = true;
    private long _delivered;
    private long _sent;
    private long _doubtFrom;
    private long _doubtTo;

    /// <summary>Sends a chunk; completes when the owner has taken all of it.</summary>
    public async Task SendAsync(StdioChunk chunk)
    {
        // The message may outlive the call in some queue, and the caller's memory must not be read then.
        var block = new PooledBlock(Math.Max(1, chunk.Data.Length));
        chunk.Data.CopyTo(block.Memory);
        var data = (ReadOnlyMemory<byte>)block.Memory[..chunk.Data.Length];
        lock (_lock)
        {
            _sent = Math.Max(_sent, chunk.EndOffset);
        }

        var at = chunk.Offset;
        var unanswered = false;
        var since = clock.GetTimestamp();
        var accepted = long.MinValue;
        while (accepted < chunk.EndOffset)
        {
            var rest = data[(int)(at - chunk.Offset)..];
            var (reply, incarnation) = await TryPublishAsync(block, rest, at, chunk.Kind == StdioChunkKind.End).ConfigureAwait(false);
            if (reply is null)
            {
                unanswered = true;
                if (clock.GetElapsedTime(since) > options.LostAfter)
                {
                    throw new NodeUnavailableException("the container's node does not take input");
                }

                await Task.Delay(RetryPause, clock).ConfigureAwait(false);
                continue;
            }

            since = clock.GetTimestamp();
            accepted = Judge(reply, incarnation, at);
            at = Math.Max(at, accepted);
        }

        if (!unanswered)
        {
            block.Release();
        }
    }

    private async Task<(PublishReply? Reply, long Incarnation)> TryPublishAsync(PooledBlock block, ReadOnlyMemory<byte> data, long offset, bool end)
    {
        // The first piece to a new owner goes alone: it tells where this producer stands.
        var alone = !Volatile.Read(ref _begun);
        if (alone)
        {
            await _firstOfIncarnation.WaitAsync().ConfigureAwait(false);
        }

        try
        {
            long incarnation;
            lock (_lock)
            {
                ThrowIfInDoubt(offset);
                incarnation = _incarnation;
            }

            var batch = new StdioBatch(data.IsEmpty ? [] : [new LogSlice(StdioStream.Stdin, block, data)], owned: false)
            {
                Channel = id,
                Generation = incarnation,
                Offset = offset,
                End = end,
            };
            var reply = await owner.PublishAsync(batch).ConfigureAwait(false);
            if (alone && reply.Status == PublishStatus.Accepted)
            {
                Volatile.Write(ref _begun, true);
            }

            return (reply, incarnation);
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException or NodeUnavailableException or IOException)
        {
            return (null, 0);
        }
        finally
        {
            if (alone)
            {
                _firstOfIncarnation.Release();
            }
        }
    }

    /// <summary>Learns from an answer and returns how far the owner has come.</summary>
    private long Judge(PublishReply reply, long incarnation, long offset)
    {
        lock (_lock)
        {
            switch (reply.Status)
            {
                case PublishStatus.Closed:
                    throw new InputClosedException();
                case PublishStatus.Unknown when _incarnation == 0 || reply.Incarnation == incarnation:
                    // This very owner let the session's input end.
                    throw new InputClosedException();
                case PublishStatus.Unknown:
                    if (_incarnation == incarnation)
                    {
                        (_doubtFrom, _doubtTo) = (_delivered, _sent);
                        _incarnation = reply.Incarnation;
                        _begun = false;
                    }

                    ThrowIfInDoubt(offset);
                    return offset;
                default:
                    _incarnation = reply.Incarnation;
                    _delivered = Math.Max(_delivered, reply.Delivered);
                    return reply.Accepted;
            }
        }
    }

    private void ThrowIfInDoubt(long offset)
    {
        if (offset < _doubtTo)
        {
            throw new InputInDoubtException(_doubtFrom, _doubtTo);
        }
    }
}
