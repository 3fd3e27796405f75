namespace CriAttach.Streams.Log;

/// <summary>Where output goes on to be readable after it has left the log in memory: the container's log file.</summary>
public interface IStdioArchive
{
    /// <summary>Gets the oldest offset that can still be read.</summary>
    long Tail { get; }

    /// <summary>Opens the archive at an offset.</summary>
    /// <param name="offset">The offset of the first byte wanted.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>A reader at exactly that offset; none when the offset is gone.</returns>
    ValueTask<IStdioArchiveReader?> OpenAsync(long offset, CancellationToken cancellationToken);
}
