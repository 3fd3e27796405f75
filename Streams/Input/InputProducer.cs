using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Batches;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Log;

namespace CriAttach.Streams.Input;

/// <summary>
/// The sending end of one session's input. Several pieces may be under way; the owner puts them in order by offset and takes each once,
/// so a piece whose answer got lost is sent again without harm, as long as it is the same owner. Each piece says where this producer
/// begins with that owner, so that a new one need not see the first piece first.
/// </summary>
/// <param name="id">The producer's id.</param>
/// <param name="start">The offset at which its input begins: all before it is another producer's.</param>
/// <param name="owner">The owner.</param>
/// <param name="options">The limits.</param>
/// <param name="clock">The clock.</param>
internal sealed class InputProducer(Guid id, long start, IStdioOwner owner, DeliveryOptions options, TimeProvider clock)
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private long _incarnation;
    private long _begin = start;
    private long _delivered = start;
    private long _sent = start;
    private long _doubtFrom;
    private long _doubtTo;
    private Untold _untoldToPieces;
    private Untold _untoldToQuestions;
    private TaskCompletionSource? _answer;

    /// <summary>
    /// Sends a chunk; completes when the owner has taken all of it. An end completes when PID 1 can read everything and the end has its effect; a
    /// chunk of no bytes asks about those before it.
    /// </summary>
    public async Task SendAsync(StdioChunk chunk)
    {
        // The message may outlive the call in some queue, and the caller's memory must not be read then.
        var block = new PooledBlock(Math.Max(1, chunk.Data.Length));
        chunk.Data.CopyTo(block.Memory);
        await BeginAsync(chunk.EndOffset).ConfigureAwait(false);
        var (unanswered, passedOver) = (false, false);
        try
        {
            var at = chunk.Offset;
            var since = clock.GetTimestamp();
            var accepted = chunk.Kind == StdioChunkKind.Data && chunk.Data.IsEmpty ? chunk.EndOffset : long.MinValue;
            var isEnd = chunk.Kind == StdioChunkKind.End;
            var endWaits = isEnd;
            while (accepted < chunk.EndOffset || endWaits || !IsThrough(chunk))
            {
                var batch = Next(chunk, block, at);
                passedOver |= batch.Offset > at;
                var reply = await TryPublishAsync(batch).ConfigureAwait(false);
                if (reply is null)
                {
                    unanswered = true;
                    HoldOthers();
                    if (clock.GetElapsedTime(since) > options.LostAfter)
                    {
                        throw new NodeUnavailableException("the container's node does not take input");
                    }

                    await Task.Delay(RetryPause, clock).ConfigureAwait(false);
                    continue;
                }

                since = clock.GetTimestamp();
                LetOthersGo();
                accepted = Judge(reply, batch.Generation, batch.Offset, refusedOnly: !unanswered && batch.Length > 0 && chunk.EndOffset == _sent);
                at = Math.Min(Math.Max(batch.Offset, accepted), chunk.EndOffset);
                endWaits = isEnd && reply.EndWaits;
                if (accepted >= chunk.EndOffset && (endWaits || !IsThrough(chunk)))
                {
                    // The owner has waited; one of a release before does not.
                    await Task.Delay(RetryPause, clock).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            if (unanswered)
            {
                LetOthersGo();
            }
            else
            {
                block.Release();
            }
        }

        if (AsksForDelivery(chunk))
        {
            ThrowIfUntoldToQuestions();
        }

        ThrowIfUntold(passedOver);
    }

    private static bool AsksForDelivery(StdioChunk chunk) => chunk.Kind == StdioChunkKind.End || chunk.Data.IsEmpty;

    private bool IsThrough(StdioChunk chunk)
    {
        lock (_lock)
        {
            return !AsksForDelivery(chunk) || _delivered >= chunk.EndOffset || _untoldToPieces.Reaches(DoubtSentTo);
        }
    }

    /// <summary>Waits while the owner does not answer: a piece that was never under way cannot be in doubt.</summary>
    private async Task BeginAsync(long end)
    {
        while (true)
        {
            Task answer;
            lock (_lock)
            {
                if (_answer is null)
                {
                    _sent = Math.Max(_sent, end);
                    return;
                }

                answer = _answer.Task;
            }

            await answer.ConfigureAwait(false);
        }
    }

    private void HoldOthers()
    {
        lock (_lock)
        {
            _answer ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The owner is there, or this piece gives up and the next one may find out.</summary>
    private void LetOthersGo()
    {
        lock (_lock)
        {
            _answer?.SetResult();
            _answer = null;
        }
    }

    /// <summary>
    /// The next piece of a chunk, from an offset on or, where what lies there is in doubt, from behind that. An end and a question have no bytes
    /// of their own to be in doubt: they go to the new owner, and then their caller learns of those before them.
    /// </summary>
    /// <exception cref="InputInDoubtException">All that is left of the chunk is in doubt.</exception>
    private StdioBatch Next(StdioChunk chunk, PooledBlock block, long at)
    {
        lock (_lock)
        {
            if (at < chunk.EndOffset && chunk.EndOffset <= _doubtTo)
            {
                throw Doubt();
            }

            at = Math.Max(at, _doubtTo);
            var data = at < chunk.EndOffset ? block.Memory.Slice((int)(at - chunk.Offset), (int)Math.Min(chunk.EndOffset - at, options.BatchSize)) : default;
            return new StdioBatch(data.IsEmpty ? [] : [new LogSlice(StdioStream.Stdin, block, data)], owned: false)
            {
                Channel = id,
                Generation = _incarnation,
                Epoch = _begin,
                Offset = at,
                End = chunk.Kind == StdioChunkKind.End && at + data.Length >= chunk.EndOffset,
            };
        }
    }

    private async Task<PublishReply?> TryPublishAsync(StdioBatch batch)
    {
        try
        {
            return await owner.PublishAsync(batch).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is OrleansException or TimeoutException or NodeUnavailableException or IOException)
        {
            return null;
        }
    }

    /// <summary>Learns from an answer and returns how far the owner has come; nowhere where it is new and has to be asked again.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="incarnation">Whom the piece was meant for.</param>
    /// <param name="offset">The piece's offset.</param>
    /// <param name="refusedOnly">Whether the piece is the newest, and no owner can have taken any of it without saying so.</param>
    private long Judge(PublishReply reply, long incarnation, long offset, bool refusedOnly)
    {
        lock (_lock)
        {
            switch (reply.Status)
            {
                case PublishStatus.Closed:
                case PublishStatus.Unknown when reply.Incarnation == 0:
                    ThrowIfUntold(always: false);
                    throw new InputClosedException();
                case PublishStatus.Unknown:
                    if (_incarnation == incarnation)
                    {
                        _incarnation = reply.Incarnation;

                        _delivered = reply.TakenIsExact ? Math.Max(_delivered, reply.Delivered) : _delivered;

                        // The newest piece was refused, so only those before it can have been taken; and what the connection before had sent, and this one sends again.
                        _begin = Math.Max(_delivered, reply.TakenIsExact ? reply.TakenBefore : Math.Max(refusedOnly ? offset : _sent, reply.TakenBefore));
                        if (_begin > _delivered)
                        {
                            // With what nobody has been told yet, should owners die one after the other.
                            (_doubtFrom, _doubtTo) = (_untoldToPieces.From ?? _delivered, _begin);
                            _untoldToPieces.Add(_doubtFrom);
                            _untoldToQuestions.Add(_doubtFrom);
                        }
                    }

                    // This owner has taken nothing, not even an end without bytes.
                    return long.MinValue;
                default:
                    _incarnation = _incarnation == incarnation ? reply.Incarnation : _incarnation;
                    _delivered = _incarnation == reply.Incarnation ? Math.Max(_delivered, reply.Delivered) : _delivered;
                    return reply.Accepted;
            }
        }
    }

    private void ThrowIfUntold(bool always)
    {
        lock (_lock)
        {
            if (_doubtFrom < DoubtSentTo && (always || _untoldToPieces.Reaches(DoubtSentTo)))
            {
                throw Doubt();
            }
        }
    }

    /// <summary>
    /// A good answer says that all was delivered, and the piece that has learnt of a doubt may still be on its way to tell: who asks is told, too, before
    /// it gets one.
    /// </summary>
    private void ThrowIfUntoldToQuestions()
    {
        lock (_lock)
        {
            var to = DoubtSentTo;
            if (_untoldToQuestions.From is { } from && from < to)
            {
                _untoldToPieces.Told(to, _doubtTo);
                _untoldToQuestions.Told(to, _doubtTo);
                throw new InputInDoubtException(from, to);
            }
        }
    }

    private long DoubtSentTo => Math.Min(_doubtTo, _sent);

    /// <summary>
    /// What is in doubt of that which was sent. What the connection before had sent beyond it is told when its turn comes: whoever sends may not have
    /// said yet that it will send it again. Holds the lock.
    /// </summary>
    private InputInDoubtException Doubt()
    {
        var to = DoubtSentTo;
        _untoldToPieces.Told(to, _doubtTo);
        return new InputInDoubtException(_doubtFrom, to);
    }
}
