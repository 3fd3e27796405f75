namespace CriAttach.Wire.CriLog;

/// <summary>
/// A line of a log file, or as much of one as was given. The bytes of all pieces in a row, those of one stream, are
/// exactly what the container wrote.
/// </summary>
public readonly struct CriLogPiece
{
    /// <summary>Where the content comes from.</summary>
    public CriLogStream Stream { get; init; }

    /// <summary>The line's time, in nanoseconds since 1970 UTC.</summary>
    public long UnixNanoseconds { get; init; }

    /// <summary>Whether the line is tagged P: it ends where a chunk did, and the next one carries on.</summary>
    public bool IsPartial { get; init; }

    /// <summary>Whether this is the line's first piece.</summary>
    public bool StartsLine { get; init; }

    /// <summary>Whether this is the line's last piece.</summary>
    public bool EndsLine { get; init; }

    /// <summary>Where in the file the line starts.</summary>
    public long LineOffset { get; init; }

    /// <summary>
    /// The bytes that the container wrote: a slice of the memory given to <see cref="CriLogReader.TryRead"/>. A line
    /// tagged F ends with its line break, which the container wrote too; that of a line tagged P is the log's own and
    /// left out, so the last piece of one may be empty.
    /// </summary>
    public ReadOnlyMemory<byte> Content { get; init; }
}
