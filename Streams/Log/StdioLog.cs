using CriAttach.Interfaces.Stdio;

namespace CriAttach.Streams.Log;

/// <summary>
/// The recent output of one container: standard output and standard error in one sequence, each byte with an offset.
/// One appender, any number of readers. Bounded by <see cref="StdioLogOptions.Limit"/> + <see cref="StdioLogOptions.Retain"/>:
/// when readers that may hold PID 1 lag by Limit, <see cref="WaitForRoomAsync"/> waits; bytes that fall off the tail are
/// read from the archive, or become a gap that the reader is told of.
/// </summary>
public sealed partial class StdioLog
{
    private const int SmallestSegment = 4 * 1024;
    private const int LargestSegment = 64 * 1024;

    private readonly Lock _lock = new();
    private readonly StdioLogOptions _options;
    private readonly List<LogSegment> _segments = [];
    private readonly List<LogRun> _runs = [];
    private readonly List<LogReader> _readers = [];
    private long _head;
    private long _tail;
    private bool _completed;
    private bool _more;

    /// <summary>Makes an empty log.</summary>
    /// <param name="options">Its bounds.</param>
    /// <param name="epoch">The continuity of its offsets: the same number as before a restart only where offsets go on exactly.</param>
    /// <param name="startOffset">The offset of the first byte that will be appended.</param>
    /// <param name="archive">Where bytes can be read that have left the memory.</param>
    /// <param name="clock">The clock of the pause rules.</param>
    public StdioLog(StdioLogOptions options, long epoch, long startOffset = 0, IStdioArchive? archive = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegative(startOffset);
        _options = options;
        _clock = clock ?? TimeProvider.System;
        _governor = new PauseGovernor(options, _clock);
        _head = _tail = startOffset;
        Epoch = epoch;
        Archive = archive;
    }

    /// <summary>Gets the continuity of the offsets.</summary>
    public long Epoch { get; }

    /// <summary>Gets where bytes can be read that have left the memory.</summary>
    public IStdioArchive? Archive { get; }

    /// <summary>Gets a value indicating whether the appender is in the middle of a burst.</summary>
    internal bool IsMoreComing => Volatile.Read(ref _more);

    /// <summary>Gets the offset that the next appended byte will have.</summary>
    public long Head
    {
        get
        {
            lock (_lock)
            {
                return _head;
            }
        }
    }

    /// <summary>Gets the oldest offset that is still in memory.</summary>
    public long Tail
    {
        get
        {
            lock (_lock)
            {
                return _tail;
            }
        }
    }

    /// <summary>Gets a value indicating whether everything that PID 1 will ever write is in.</summary>
    public bool IsCompleted
    {
        get
        {
            lock (_lock)
            {
                return _completed;
            }
        }
    }

    /// <summary>Adds bytes at the head. Only one caller at a time; never waits, so call <see cref="WaitForRoomAsync"/> before.</summary>
    /// <param name="stream">Standard output or standard error.</param>
    /// <param name="data">The bytes; copied.</param>
    /// <param name="more">Whether more is about to follow: readers then wait for a full batch until <see cref="Flush"/>, which must come soon.</param>
    /// <exception cref="InvalidOperationException">The log is complete.</exception>
    public void Append(StdioStream stream, ReadOnlySpan<byte> data, bool more = false)
    {
        Volatile.Write(ref _more, more);
        while (!data.IsEmpty)
        {
            // Only the appender adds segments and fills them, so the copy needs no lock; the new count is published under it.
            var segment = Writable(data.Length);
            var count = Math.Min(data.Length, segment.Capacity - segment.Count);
            data[..count].CopyTo(segment.Block.Memory.Span[segment.Count..]);
            data = data[count..];
            lock (_lock)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                if (_completed)
                {
                    throw new InvalidOperationException("the log is complete");
                }

                if (_runs.Count == 0 || _runs[^1].Stream != stream)
                {
                    _runs.Add(new LogRun(_head, stream));
                }

                segment.Count += count;
                _head += count;
                Trim();
            }
        }

        NotifyReaders();
    }

    /// <summary>What was to follow did not: readers take what there is.</summary>
    public void Flush()
    {
        if (_more)
        {
            Volatile.Write(ref _more, false);
            NotifyReaders();
        }
    }

    /// <summary>Says that nothing more will be appended. Readers see the end after the last byte.</summary>
    public void Complete()
    {
        lock (_lock)
        {
            _completed = true;
        }

        Volatile.Write(ref _more, false);
        NotifyReaders();
    }

    /// <summary>The offset at which a reader starts that wants the newest <paramref name="bytes"/> bytes of what memory holds.</summary>
    /// <param name="bytes">How many bytes.</param>
    public long TailStart(long bytes)
    {
        lock (_lock)
        {
            return Math.Max(_tail, _head - Math.Max(0, bytes));
        }
    }

    private LogSegment Writable(int wanted)
    {
        lock (_lock)
        {
            if (_segments.Count > 0 && _segments[^1].Count < _segments[^1].Capacity)
            {
                return _segments[^1];
            }

            // Quiet containers keep small segments; busy ones soon get large ones.
            var capacity = _segments.Count == 0 ? SmallestSegment : Math.Min(LargestSegment, _segments[^1].Capacity * 2);
            while (capacity < wanted && capacity < LargestSegment)
            {
                capacity *= 2;
            }

            var segment = new LogSegment(_head, capacity);
            _segments.Add(segment);
            return segment;
        }
    }

    /// <summary>Drops whole segments that neither replay nor a lagging reader needs. Holds the lock.</summary>
    private void Trim()
    {
        var wanted = _head - _options.Retain;
        foreach (var reader in _readers)
        {
            if (reader.MayHold)
            {
                wanted = Math.Min(wanted, reader.Consumed);
            }
        }

        var keep = Math.Max(wanted, _head - _options.Limit - _options.Retain);
        var dropped = 0;
        while (dropped < _segments.Count - 1 && _segments[dropped].End <= keep)
        {
            _segments[dropped].Block.Release();
            dropped++;
        }

        if (dropped == 0)
        {
            return;
        }

        _segments.RemoveRange(0, dropped);
        _tail = _segments[0].Start;
        var run = RunAt(_tail);
        _runs.RemoveRange(0, run);
    }

    /// <summary>The index of the run that <paramref name="offset"/> lies in. Holds the lock.</summary>
    private int RunAt(long offset)
    {
        int low = 0, high = _runs.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_runs[middle].Start <= offset)
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
