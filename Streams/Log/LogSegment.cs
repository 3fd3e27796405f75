namespace CriAttach.Streams.Log;

/// <summary>A stretch of the log: consecutive bytes in one block. Only the appender writes, and only behind <see cref="Count"/>.</summary>
/// <param name="start">The offset of the first byte.</param>
/// <param name="capacity">The most bytes it takes.</param>
internal sealed class LogSegment(long start, int capacity)
{
    /// <summary>Gets the memory.</summary>
    public PooledBlock Block { get; } = new(capacity);

    /// <summary>Gets the offset of the first byte.</summary>
    public long Start { get; } = start;

    /// <summary>Gets the most bytes it takes.</summary>
    public int Capacity { get; } = capacity;

    /// <summary>Gets or sets the number of bytes in it.</summary>
    public int Count { get; set; }

    /// <summary>Gets the offset behind its last byte.</summary>
    public long End => Start + Count;
}
