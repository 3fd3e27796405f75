using CriAttach.Streams.Batches;
using CriAttach.Streams.Log;
using Microsoft.Extensions.Logging;

namespace CriAttach.Streams.Delivery;

/// <summary>
/// The owner's end of one subscription: reads the log and sends batches as long as the window has room, without waiting for each
/// other. A small batch goes at once when nothing is under way, else it waits for company, so a keystroke is quick and a flood is large.
/// </summary>
internal sealed partial class OutputSubscription
{
    private readonly SubscribeRequest _request;
    private readonly ILogger _logger;
    private readonly StdioLog _log;
    private readonly LogReader _reader;
    private readonly List<LogSlice> _slices = [];
    private long _acknowledged;
    // A few fit into the window: the next is sent while the answer to the last is on its way.
    private readonly int _batchLimit;
    private long _sent;
    private int _inFlight;
    private int _signals = 1;
    private volatile bool _stopped;
    private volatile bool _catchingUp;
    private volatile bool _endSent;
    private TaskCompletionSource? _credit;

    /// <summary>Opens the cursor. Nothing is sent until <see cref="Start"/>: the appender may notify before this constructor is through.</summary>
    public OutputSubscription(StdioLog log, SubscribeRequest request, SubscribeReply begin, DeliveryOptions options, ILogger logger)
    {
        _log = log;
        _request = request;
        _batchLimit = Math.Max(1, Math.Min(options.BatchSize, request.Window / 4));
        _logger = logger;
        _sent = begin.Start;
        _acknowledged = begin.Discontinuous ? begin.Start : Math.Min(begin.Start, request.Consumed ?? begin.Start);
        _reader = log.OpenReader(_sent, _acknowledged, request.MayHold, Pump);
        _reader.HeardAt = log.Now;
    }

    /// <summary>Gets the log that it reads.</summary>
    public StdioLog Source => _log;

    /// <summary>Gets the generation that this subscription is.</summary>
    public long Generation => _request.Generation;

    /// <summary>Gets or sets when the subscriber last showed a sign of life.</summary>
    public long RenewedAt { get; set; }

    /// <summary>What the subscriber may know of it.</summary>
    public LeaseReply State => new() { Known = !_stopped, Sent = Volatile.Read(ref _sent), EndSent = _endSent };

    /// <summary>Sends what there is to send. Any thread, any number of times; one of them does the work.</summary>
    public void Pump()
    {
        if (Interlocked.Increment(ref _signals) == 1)
        {
            Start();
        }
    }

    /// <summary>Begins to send: the first signal is there from the start.</summary>
    public void Start()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _signals);
            while (TrySend())
            {
            }
        }
        while (Interlocked.Add(ref _signals, -seen) != 0);
    }

    /// <summary>The subscriber has consumed up to <paramref name="offset"/>. It says so each second, too, when that is nothing new.</summary>
    public void Acknowledge(long offset)
    {
        _reader.HeardAt = _log.Now;
        long before;
        do
        {
            before = Volatile.Read(ref _acknowledged);
            if (offset <= before)
            {
                return;
            }
        }
        while (Interlocked.CompareExchange(ref _acknowledged, offset, before) != before);
        _log.Consume(_reader, offset);
        Volatile.Read(ref _credit)?.TrySetResult();
        Pump();
    }

    /// <summary>Sends no more and holds PID 1 no longer.</summary>
    public void Stop()
    {
        Halt();
        _log.CloseReader(_reader);
    }

    /// <summary>
    /// Sends no more. The cursor stays until the subscriber has come back or its lease is over, so that what it has not got yet stays
    /// in memory: a broken connection is not a slow reader. How long PID 1 may wait for it is for the log's rules.
    /// </summary>
    private void Halt()
    {
        _stopped = true;
        Interlocked.Exchange(ref _credit, null)?.TrySetResult();
    }

    private bool TrySend()
    {
        if (_stopped || _catchingUp || _endSent)
        {
            return false;
        }

        var (ahead, completed) = _log.Ahead(_reader);
        var unacknowledged = Volatile.Read(ref _sent) - Volatile.Read(ref _acknowledged);
        var credit = _request.Window - unacknowledged;
        var underWay = unacknowledged > 0 && Volatile.Read(ref _inFlight) > 0;
        var wanted = Math.Min(ahead, _batchLimit);
        var small = wanted < _batchLimit;
        var worthWaiting = (underWay && (small || credit < wanted)) || (small && _log.IsMoreComing);
        var waits = ahead == 0 ? !completed : credit <= 0 || (worthWaiting && !completed);
        if (waits)
        {
            return false;
        }

        _slices.Clear();
        switch (_log.TryRead(_reader, (int)Math.Min(credit, _batchLimit), _slices, StdioBatchCodec.MaxSlices))
        {
            case LogReadStatus.Behind:
                _catchingUp = true;
                _ = CatchUpAsync();
                return false;
            case LogReadStatus.Empty:
                return false;
            default:
                var (left, ended) = _log.Ahead(_reader);
                Send([.. _slices], gap: 0, end: ended && left == 0);
                return true;
        }
    }

    private void Send(LogSlice[] slices, long gap, bool end)
    {
        var batch = new StdioBatch(slices, owned: false)
        {
            Channel = _request.Subscription,
            Generation = _request.Generation,
            Epoch = _log.Epoch,
            Offset = _sent + gap,
            Gap = gap,
            End = end,
        };
        Volatile.Write(ref _sent, batch.EndOffset);
        _endSent = end;
        Interlocked.Increment(ref _inFlight);
        _ = DeliverAsync(batch);
    }

    private async Task DeliverAsync(StdioBatch batch)
    {
        try
        {
            var consumed = await _request.Receiver.DeliverAsync(batch).ConfigureAwait(false);
            batch.Release();
            Interlocked.Decrement(ref _inFlight);
            Acknowledge(consumed);
            Pump();
        }
        catch (Exception fault)
        {
            // The batch's blocks are left to the garbage collector: the message may still lie in a queue and be written later.
            Log.DeliveryFailed(_logger, _request.Subscription, batch.Offset, fault);
            Halt();
        }
    }
}
