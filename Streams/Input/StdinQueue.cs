using System.Security.Cryptography;
using CriAttach.Streams.Batches;
using CriAttach.Streams.Log;

namespace CriAttach.Streams.Input;

/// <summary>
/// Everything that sessions send to one PID 1, merged in the order of arrival, each session's bytes in their own order and once.
/// Bounded per session by <see cref="StdinOptions.ProducerWindow"/>: when that is full a publish waits, and the session's socket is not read.
/// </summary>
public sealed partial class StdinQueue : IDisposable
{
    // How often those who ask look whether what is written is handed over: it takes the runtime microseconds, and nothing tells.
    private static readonly TimeSpan HandOverPause = TimeSpan.FromMilliseconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, StdinProducer> _producers = [];
    private readonly Queue<StdinItem> _items = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly IStdinSink _sink;
    private readonly StdinOptions _options;
    private readonly TimeProvider _clock;
    private readonly bool _closeOnFirstEnd;
    private long _incarnation = NewIncarnation();
    private volatile StdioLog _output;
    private Action<ReadOnlyMemory<byte>>? _watcher;
    private StdinProducer? _lastTyped;
    private bool _draining;
    private bool _waits;
    private bool _closed;
    private long _delivered;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="sink">PID 1's standard input.</param>
    /// <param name="output">PID 1's output: its pause is lifted for input.</param>
    /// <param name="options">The bounds.</param>
    /// <param name="closeOnFirstEnd">Whether the first session that ends its input closes PID 1's: StdinOnce without a terminal.</param>
    /// <param name="clock">The clock of <see cref="StdinOptions.Patience"/>.</param>
    public StdinQueue(IStdinSink sink, StdioLog output, StdinOptions options, bool closeOnFirstEnd, TimeProvider? clock = null)
    {
        _sink = sink;
        _output = output;
        _options = options;
        _closeOnFirstEnd = closeOnFirstEnd;
        _clock = clock ?? TimeProvider.System;
    }

    /// <summary>Gets a value indicating whether PID 1's standard input is closed.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _closed;
            }
        }
    }

    /// <summary>Gets the number of bytes that PID 1 has got.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Has somebody see what PID 1 gets, in its order. There is one such place: who comes takes it.</summary>
    /// <param name="watcher">Called with bytes that PID 1 can read from now on, which are valid during the call: must not block or throw.</param>
    public void Watch(Action<ReadOnlyMemory<byte>> watcher) => Volatile.Write(ref _watcher, watcher);

    /// <summary>Ends that, unless somebody else has the place.</summary>
    /// <param name="watcher">Who watched.</param>
    public void Unwatch(Action<ReadOnlyMemory<byte>> watcher) => Interlocked.CompareExchange(ref _watcher, null, watcher);

    /// <summary>PID 1's output goes on in another log.</summary>
    /// <param name="output">That log: from now on its pause is lifted for input.</param>
    public void MoveTo(StdioLog output)
    {
        lock (_lock)
        {
            output.SetInputWaits(_waits);
            _output = output;
        }
    }

    /// <summary>Lets a session send input: it was claimed, and asked for standard input.</summary>
    /// <param name="producer">The session's producer id.</param>
    /// <param name="typed">What to call when bytes of this session come and those before were another's.</param>
    /// <param name="restored">Whether an earlier owner may have taken input of it already.</param>
    /// <param name="muted">Whether its input is thrown away for now.</param>
    /// <param name="takenBefore">The offset up to which an earlier owner had taken the input of the session's connection before.</param>
    public void AddProducer(Guid producer, Action? typed = null, bool restored = false, bool muted = false, long takenBefore = 0)
    {
        lock (_lock)
        {
            _producers.TryAdd(producer, new StdinProducer { Typed = typed, Restored = restored, Muted = muted, TakenBefore = takenBefore });

            // Who types next is told of again: a session that attaches takes the terminal from whoever typed last.
            _lastTyped = null;
        }
    }

    /// <summary>From now on a session's input is thrown away, as if PID 1 had read it; or not any more. What was queued before goes its way.</summary>
    /// <param name="producer">The session's producer id.</param>
    /// <param name="muted">Whether it is.</param>
    public void Mute(Guid producer, bool muted)
    {
        lock (_lock)
        {
            if (_producers.TryGetValue(producer, out var state))
            {
                state.Muted = muted;
                _lastTyped = null;
            }
        }
    }

    /// <summary>A session goes on by another connection, under another id: what the old one still sends is refused, what was taken stays.</summary>
    /// <param name="old">The id until now.</param>
    /// <param name="producer">The id from now on.</param>
    /// <returns>How far it has come.</returns>
    public InputPlace Replace(Guid old, Guid producer)
    {
        lock (_lock)
        {
            if (!_producers.Remove(old, out var state))
            {
                return InputPlace.Unknown;
            }

            state.Renamed = true;
            _producers.Add(producer, state);
            Pulse(state);
            NoteHandedOver(state);
            return state.Restored && !state.Begun ? InputPlace.Unknown : new InputPlace(state.Delivered, state.BeganAt, state.Accepted);
        }
    }

    /// <summary>A session that could send input is over, which counts as the end of its input.</summary>
    /// <param name="producer">The session's producer id.</param>
    public void EndProducer(Guid producer)
    {
        lock (_lock)
        {
            if (!_producers.Remove(producer, out var state))
            {
                return;
            }

            Pulse(state);
            _lastTyped = null;
            if (_closed || state.Ended)
            {
                return;
            }

            _items.Enqueue(new StdinItem(state, null, default, state.Muted));
        }

        ThreadPool.UnsafeQueueUserWorkItem(static queue => queue.Drain(), this, preferLocal: false);
    }

    /// <summary>Stops writing to PID 1 and lets everyone go who waits. Queued input is thrown away.</summary>
    public void Dispose()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }

        CloseAndDiscard();
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <summary>Takes the batch's bytes as far as they are in order and have room, and waits a bounded time for both.</summary>
    internal async Task<PublishReply> PublishAsync(StdioBatch batch)
    {
        var deadline = _clock.GetTimestamp();
        while (true)
        {
            Task changed;
            var taken = false;
            StdinProducer? producer;
            long incarnation;
            lock (_lock)
            {
                incarnation = _incarnation;
                if (!_producers.TryGetValue(batch.Channel, out producer))
                {
                    return new PublishReply { Status = PublishStatus.Unknown };
                }

                if (batch.Generation == 0 ? producer is { Restored: true, Renamed: false } : batch.Generation != _incarnation)
                {
                    return new PublishReply
                    {
                        Status = PublishStatus.Unknown,
                        Incarnation = _incarnation,
                        TakenBefore = producer.TakenBefore,
                        TakenIsExact = producer.TakenIsExact,
                        Delivered = producer.Delivered,
                    };
                }

                if (!producer.Begun)
                {
                    // A producer that outlived the owner before this one says where it goes on.
                    producer.Accepted = producer.Written = producer.Delivered = batch.Epoch;
                    producer.BeganAt = batch.Epoch;
                    producer.Begun = true;
                }

                NoteHandedOver(producer);
                if (IsDone(batch, producer))
                {
                    return Reply(PublishStatus.Accepted, producer);
                }

                if (_closed || (producer.Ended && batch.EndOffset > producer.Accepted))
                {
                    return Reply(PublishStatus.Closed, producer);
                }

                taken = Take(batch, producer);
                changed = (producer.Changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            if (taken)
            {
                if (!producer.Muted && Interlocked.Exchange(ref _lastTyped, producer) != producer)
                {
                    producer.Typed?.Invoke();
                }

                Drain();
            }

            var left = _options.Patience - _clock.GetElapsedTime(deadline);
            lock (_lock)
            {
                if (_incarnation != incarnation)
                {
                    continue;
                }

                NoteHandedOver(producer);
                if (IsDone(batch, producer) || left <= TimeSpan.Zero)
                {
                    return Reply(PublishStatus.Accepted, producer);
                }

                if (AsksForDelivery(batch) && producer.Written > producer.Delivered && left > HandOverPause)
                {
                    left = HandOverPause;
                }
            }

            await changed.WaitAsync(left, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>
    /// Nothing comes after an end by which it could be told that it, or bytes before it, were lost with the silo: it waits until it had its turn and
    /// PID 1 has them. So does a batch of no bytes, which asks just the latter.
    /// </summary>
    private static bool IsDone(StdioBatch batch, StdinProducer producer) =>
        AsksForDelivery(batch) ? producer.Delivered >= batch.EndOffset && (!batch.End || producer.EndTaken) : producer.Accepted >= batch.EndOffset;

    private static bool AsksForDelivery(StdioBatch batch) => batch.End || batch.Slices.Count == 0;

    /// <summary>What was written before the runtime's end of the way was empty has arrived there. Holds the lock.</summary>
    private void NoteHandedOver(StdinProducer producer)
    {
        if (producer.Delivered < producer.Written && _sink.IsHandedOver)
        {
            producer.Delivered = producer.Written;
        }
    }

    private PublishReply Reply(PublishStatus status, StdinProducer producer) => new()
    {
        Status = status,
        Accepted = producer.Accepted,
        Delivered = producer.Delivered,
        Incarnation = _incarnation,
        EndWaits = producer.Ended && !producer.EndTaken,
    };

    /// <summary>Queues what is next in order and has room. Holds the lock.</summary>
    private bool Take(StdioBatch batch, StdinProducer producer)
    {
        var taken = false;
        var at = batch.Offset;
        foreach (var slice in batch.Slices)
        {
            var end = at + slice.Data.Length;
            if (at <= producer.Accepted && producer.Accepted < end)
            {
                var room = _options.ProducerWindow - (producer.Accepted - producer.Written);
                var count = (int)Math.Min(room, end - producer.Accepted);
                if (count <= 0)
                {
                    break;
                }

                slice.Owner.Retain();
                _items.Enqueue(new StdinItem(producer, slice.Owner, slice.Data.Slice((int)(producer.Accepted - at), count), producer.Muted));
                producer.Accepted += count;
                taken = true;
            }

            at = end;
        }

        if (batch.End && !producer.Ended && producer.Accepted == batch.EndOffset)
        {
            producer.Ended = true;

            // One without an effect has nothing to wait for.
            producer.EndTaken = !_closeOnFirstEnd || producer.Muted;
            _items.Enqueue(new StdinItem(producer, null, default, producer.Muted));
            taken = true;
        }

        if (taken)
        {
            Pulse(producer);
        }

        return taken;
    }

    private void CloseAndDiscard()
    {
        lock (_lock)
        {
            _closed = true;
            while (_items.TryDequeue(out var item))
            {
                item.Owner?.Release();
            }

            foreach (var producer in _producers.Values)
            {
                Pulse(producer);
            }
        }
    }

    private static long NewIncarnation() => RandomNumberGenerator.GetInt32(1, int.MaxValue);

    private static void Pulse(StdinProducer producer)
    {
        producer.Changed?.TrySetResult();
        producer.Changed = null;
    }
}
