namespace CriAttach.Streams.Log;

/// <summary>Reads archived output in order.</summary>
public interface IStdioArchiveReader : IAsyncDisposable
{
    /// <summary>Reads the next bytes, all of one stream.</summary>
    /// <param name="buffer">Where they go.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The stream and the number of bytes; 0 when the archive holds no more yet.</returns>
    ValueTask<ArchiveRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken);
}
