namespace CriAttach.Streams.Log;

/// <content>Reading.</content>
public sealed partial class StdioLog
{
    private LogReader[] _readersToNotify = [];

    /// <summary>
    /// Opens a cursor. <paramref name="offset"/> may have left the memory, but not lie ahead of the head. One that begins behind the memory,
    /// a long replay, has no right to hold PID 1 until it has caught up.
    /// </summary>
    internal LogReader OpenReader(long offset, bool mayHold, Action advanced) => OpenReader(offset, offset, mayHold, advanced);

    /// <summary>Opens a cursor whose far side has received up to <paramref name="offset"/>, but consumed only up to <paramref name="consumed"/>.</summary>
    internal LogReader OpenReader(long offset, long consumed, bool mayHold, Action advanced, bool aside = false)
    {
        lock (_lock)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, _head);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(consumed, offset);
            var reader = new LogReader(this, offset, mayHold, advanced) { Consumed = consumed, LostRight = consumed < _tail, IsAside = aside };
            if (!aside)
            {
                EndReservationLocked();
            }

            _readers.Add(reader);
            _readersToNotify = [.. _readers];
            return reader;
        }
    }

    /// <summary>Closes a cursor; what it held up goes on.</summary>
    internal void CloseReader(LogReader reader)
    {
        lock (_lock)
        {
            _readers.Remove(reader);
            _readersToNotify = [.. _readers];
        }

        Reconsider();
    }

    /// <summary>Reads on from the cursor's position. The caller owns one reference on each slice's owner.</summary>
    internal LogReadStatus TryRead(LogReader reader, int max, List<LogSlice> into, int maxSlices = int.MaxValue)
    {
        lock (_lock)
        {
            if (reader.Position < _tail)
            {
                return LogReadStatus.Behind;
            }

            if (reader.Position == _head)
            {
                return _completed ? LogReadStatus.End : LogReadStatus.Empty;
            }

            var end = Math.Min(_head, reader.Position + max);
            var run = RunAt(reader.Position);
            var at = SegmentAt(reader.Position);
            while (reader.Position < end && into.Count < maxSlices)
            {
                var segment = _segments[at];
                var runEnd = run + 1 < _runs.Count ? _runs[run + 1].Start : long.MaxValue;
                var stop = Math.Min(end, Math.Min(segment.End, runEnd));
                var data = segment.Block.Memory.Slice((int)(reader.Position - segment.Start), (int)(stop - reader.Position));
                segment.Block.Retain();
                into.Add(new LogSlice(_runs[run].Stream, segment.Block, data));
                reader.Position = stop;
                at += stop == segment.End ? 1 : 0;
                run += stop == runEnd ? 1 : 0;
            }

            return LogReadStatus.Data;
        }
    }

    /// <summary>How many bytes lie ahead of a cursor in memory, and whether the log ends behind them.</summary>
    internal (long Bytes, bool Completed) Ahead(LogReader reader)
    {
        lock (_lock)
        {
            return (_head - reader.Position, _completed);
        }
    }

    /// <summary>The far side has consumed up to <paramref name="offset"/>. Offsets only grow.</summary>
    internal void Consume(LogReader reader, long offset)
    {
        lock (_lock)
        {
            if (offset <= reader.Consumed)
            {
                return;
            }

            reader.Consumed = Math.Min(offset, _head);
            Trim();
        }

        Reconsider();
    }

    /// <summary>Puts the cursor to where the archive, or a gap, has brought it.</summary>
    internal void Skip(LogReader reader, long position)
    {
        lock (_lock)
        {
            reader.Position = position;
        }
    }

    private void NotifyReaders()
    {
        foreach (var reader in Volatile.Read(ref _readersToNotify))
        {
            reader.Advanced();
        }
    }

    private int SegmentAt(long offset)
    {
        int low = 0, high = _segments.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_segments[middle].Start <= offset)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }
}
