namespace CriAttach.Streams.Log;

/// <summary>A cursor in a log. All members but <see cref="Log"/>, <see cref="Advanced"/> and <see cref="HeardAt"/> belong to the log's lock.</summary>
internal sealed class LogReader(StdioLog log, long position, bool mayHold, Action advanced)
{
    private long _heardAt = long.MaxValue;

    /// <summary>Gets the log.</summary>
    public StdioLog Log { get; } = log;

    /// <summary>Gets what to call when there may be something to read; called outside the log's lock, must not block.</summary>
    public Action Advanced { get; } = advanced;

    /// <summary>Gets a value indicating whether it reads beside the clients: none of them counts as there because it is.</summary>
    public bool IsAside { get; init; }

    /// <summary>Gets or sets the offset of the next byte to read.</summary>
    public long Position { get; set; } = position;

    /// <summary>Gets or sets the offset up to which the far side has consumed: this is what holds PID 1.</summary>
    public long Consumed { get; set; } = position;

    /// <summary>Gets or sets a value indicating whether this reader may slow PID 1 down at all.</summary>
    public bool MayHold { get; set; } = mayHold;

    /// <summary>Gets or sets a value indicating whether it has lost that right by being too slow.</summary>
    public bool LostRight { get; set; }

    /// <summary>Gets or sets when its far side last said anything, by the log's clock; always just now where there is no far side that would.</summary>
    public long HeardAt
    {
        get => Volatile.Read(ref _heardAt);
        set => Volatile.Write(ref _heardAt, value);
    }

    /// <summary>Gets or sets when the measurement of its rate began; none while it keeps up.</summary>
    public long? MeasuredSince { get; set; }

    /// <summary>Gets or sets <see cref="Consumed"/> as it was then.</summary>
    public long MeasuredFrom { get; set; }
}
