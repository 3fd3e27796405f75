using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Batches;
using Orleans.Streams;

namespace CriAttach.Streams.Delivery;

/// <summary>
/// The subscriber's end: puts batches in order, hands them to the observer one after the other, returns credit when the observer
/// is done with them, renews its lease, and subscribes again from the next byte when anything is amiss.
/// </summary>
internal sealed partial class OutputSubscriber : StreamSubscriptionHandle<StdioChunk>, IStdioReceiver, IDisposable
{
    // Whom nobody waits for may be slow for hours, and there may be many: less lies ready for such a one.
    private const int PassedShare = 4;

    private readonly Lock _lock = new();
    private readonly Resequencer _sequence = new();
    private readonly Queue<StdioBatch> _ready = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SubscriberContext _context;
    private readonly IAsyncObserver<StdioChunk> _observer;
    private readonly TaskScheduler _scheduler = TaskScheduler.Current;
    private readonly bool _mayHold;
    private readonly long? _from;
    private IStdioReceiver? _reference;
    private long _epoch;
    private long _consumed;
    private long _reported;
    private bool _consuming;
    private bool _closed;
    private bool _subscribed;
    private long _continuousSince;
    private Exception? _failure;

    public OutputSubscriber(SubscriberContext context, IAsyncObserver<StdioChunk> observer, StdioToken? from, bool mayHold)
    {
        _context = context;
        _observer = observer;
        _mayHold = mayHold;
        _from = from?.Offset;
        _epoch = from?.Epoch ?? 0;
    }

    /// <inheritdoc/>
    public override StreamId StreamId => _context.StreamId;

    /// <inheritdoc/>
    public override string ProviderName => StdioStreams.ProviderName;

    /// <inheritdoc/>
    public override Guid HandleId { get; } = Guid.NewGuid();

    private int Window => _mayHold ? _context.Options.Window : _context.Options.Window / PassedShare;

    /// <summary>Subscribes for the first time.</summary>
    public async Task StartAsync()
    {
        var stop = _stop.Token;
        _reference = _context.Factory.CreateObjectReference<IStdioReceiver>(this);
        try
        {
            await SubscribeAsync().ConfigureAwait(false);
        }
        catch
        {
            Close();
            throw;
        }

        _ = Task.Run(() => RenewAsync(stop));
    }

    /// <inheritdoc/>
    public Task<long> DeliverAsync(StdioBatch batch)
    {
        lock (_lock)
        {
            if (_closed)
            {
                batch.Done();
                return Task.FromResult(0L);
            }

            _sequence.Take(batch, _ready.Enqueue);
            if (!TryStartConsuming())
            {
                return Task.FromResult(Report(batch.Epoch));
            }
        }

        Consume();
        lock (_lock)
        {
            return Task.FromResult(Report(batch.Epoch));
        }
    }

    /// <summary>The answer to a batch: nothing where it is of another epoch than what has been consumed. Holds the lock.</summary>
    private long Report(long epoch) => epoch == _epoch ? _reported = _consumed : 0;

    /// <inheritdoc/>
    public override async Task UnsubscribeAsync()
    {
        if (!Stop())
        {
            await _over.Task.ConfigureAwait(false);
            return;
        }

        try
        {
            await LeaveAsync().ConfigureAwait(false);
        }
        finally
        {
            // Not before: what was under way must find somebody who lets it go, or the node waits for its answer.
            Forget();
        }
    }

    private async Task LeaveAsync()
    {
        try
        {
            await _context.Owner.UnsubscribeAsync(HandleId).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            // Whoever waits for this must not fail over it.
            // The node is out of reach: its end of the subscription goes with its lease.
            Log.UnsubscribeFailed(_context.Logger, HandleId, fault);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: a subscription has one observer, and resumes by itself.</exception>
    public override Task<StreamSubscriptionHandle<StdioChunk>> ResumeAsync(IAsyncObserver<StdioChunk> observer, StreamSequenceToken? token = null) =>
        throw new NotSupportedException("subscribe again with the token; a subscription resumes by itself");

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: chunks are their own batches.</exception>
    public override Task<StreamSubscriptionHandle<StdioChunk>> ResumeAsync(IAsyncBatchObserver<StdioChunk> observer, StreamSequenceToken? token = null) =>
        throw new NotSupportedException("subscribe with an IAsyncObserver");

    /// <inheritdoc/>
    public override bool Equals(StreamSubscriptionHandle<StdioChunk>? other) => other is not null && other.HandleId == HandleId;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is StreamSubscriptionHandle<StdioChunk> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HandleId.GetHashCode();

    /// <inheritdoc/>
    public void Dispose() => Close();

    private void Close()
    {
        if (Stop())
        {
            Forget();
        }
    }

    /// <summary>Takes nothing any more.</summary>
    /// <returns>Whether it did until now.</returns>
    private bool Stop()
    {
        lock (_lock)
        {
            if (_closed)
            {
                return false;
            }

            _closed = true;
            _sequence.Restart(long.MaxValue);
            if (!_consuming)
            {
                DropReady();
            }
        }

        _stop.Cancel();
        _stop.Dispose();
        _context.Closed(this);
        return true;
    }

    private void Forget()
    {
        try
        {
            if (_reference is not null)
            {
                _context.Factory.DeleteObjectReference<IStdioReceiver>(_reference);
            }
        }
        finally
        {
            _over.TrySetResult();
        }
    }
}
