namespace CriAttach.Streams.Log;

/// <summary>
/// Decides whether lagging readers may stop PID 1 from writing. Pure state over the timestamps that it is given; belongs to the log's lock.
/// A reader that consumes at least <see cref="StdioLogOptions.MinRate"/> slows PID 1 down as a terminal does. A slower one loses that right
/// until it has caught up, and so does one that is silent since before a client came back, which it may have left. All together never stop PID 1 for more than
/// <see cref="StdioLogOptions.FullStopBudget"/> in a window.
/// </summary>
internal sealed class PauseGovernor(StdioLogOptions options, TimeProvider clock)
{
    // Shorter holds are the ordinary rhythm of a reader that sets the pace and reports once a second; only longer ones count as PID 1 being stopped.
    private static readonly TimeSpan FullStop = TimeSpan.FromSeconds(2);

    private readonly Queue<(long From, long To)> _stops = new();
    private long? _heldSince;
    private long _liftedTo = long.MinValue;
    private long _returnedAt = long.MinValue;

    /// <summary>Gets or sets a value indicating whether input waits for PID 1 to read it: then PID 1 must get on with its output.</summary>
    public bool InputWaits { get; set; }

    /// <summary>Whether the writer must wait now. Call it again on every change, and at the latest after <paramref name="again"/>.</summary>
    public bool MustHold(IReadOnlyList<LogReader> readers, long head, out TimeSpan again)
    {
        var now = clock.GetTimestamp();
        again = Timeout.InfiniteTimeSpan;
        var holds = false;
        foreach (var reader in readers)
        {
            holds |= Holds(reader, head, now, ref again);
        }

        if (!holds || InputWaits || head < _liftedTo)
        {
            EndHold(now);
            return false;
        }

        _heldSince ??= now;
        var left = options.FullStopBudget - Stopped(now);
        if (left <= TimeSpan.Zero)
        {
            foreach (var reader in readers)
            {
                reader.LostRight |= reader.MayHold && head - reader.Consumed >= options.Limit;
            }

            EndHold(now);
            return false;
        }

        again = Sooner(again, left);
        return true;
    }

    /// <summary>Input came: let PID 1 write on for a while, so that it gets to read.</summary>
    public void Lift(long head) => _liftedTo = head + options.LiftBytes;

    /// <summary>A client has come back, by whatever way.</summary>
    public void Returned() => _returnedAt = clock.GetTimestamp();

    private bool Holds(LogReader reader, long head, long now, ref TimeSpan again)
    {
        var lag = head - reader.Consumed;
        if (lag < options.Limit / 2)
        {
            // Caught up. Nothing nearer to the head will do: while PID 1 writes, something is always on the way.
            reader.LostRight = false;
            reader.MeasuredSince = null;
        }

        if (!reader.MayHold || reader.LostRight || lag < options.Limit)
        {
            return false;
        }

        if (reader.HeardAt <= _returnedAt && reader.Log.Archive is not null)
        {
            var left = options.SilenceTimeout - clock.GetElapsedTime(reader.HeardAt, now);
            reader.LostRight = left <= TimeSpan.Zero;
            if (reader.LostRight)
            {
                return false;
            }

            again = Sooner(again, left);
        }

        if (reader.MeasuredSince is not { } since)
        {
            reader.MeasuredSince = now;
            reader.MeasuredFrom = reader.Consumed;
            again = Sooner(again, options.StallTimeout);
            return true;
        }

        var elapsed = clock.GetElapsedTime(since, now);
        if (elapsed < options.StallTimeout)
        {
            again = Sooner(again, options.StallTimeout - elapsed);
            return true;
        }

        var fastEnough = reader.Consumed - reader.MeasuredFrom >= options.MinRate * elapsed.TotalSeconds;
        reader.LostRight = !fastEnough;
        reader.MeasuredSince = fastEnough ? now : null;
        reader.MeasuredFrom = reader.Consumed;
        if (fastEnough)
        {
            again = Sooner(again, options.StallTimeout);
        }

        return fastEnough;
    }

    private void EndHold(long now)
    {
        if (_heldSince is { } since && clock.GetElapsedTime(since, now) >= FullStop)
        {
            _stops.Enqueue((since, now));
        }

        _heldSince = null;
    }

    private TimeSpan Stopped(long now)
    {
        while (_stops.TryPeek(out var oldest) && clock.GetElapsedTime(oldest.To, now) > options.FullStopWindow)
        {
            _stops.Dequeue();
        }

        var sum = _heldSince is { } since ? clock.GetElapsedTime(since, now) : TimeSpan.Zero;
        foreach (var (from, to) in _stops)
        {
            sum += clock.GetElapsedTime(from, to);
        }

        return sum;
    }

    private static TimeSpan Sooner(TimeSpan a, TimeSpan b) =>
        a == Timeout.InfiniteTimeSpan || b < a ? b : a;
}
