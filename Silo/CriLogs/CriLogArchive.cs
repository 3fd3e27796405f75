using CriAttach.Streams.Log;

namespace CriAttach.Silo.CriLogs;

/// <summary>A container's output as its log files keep it, by exact offset.</summary>
/// <param name="files">The files.</param>
/// <param name="returns">Whether each whole line ended with a carriage return that the log has left out.</param>
internal sealed class CriLogArchive(ICriLogIndex files, bool returns = false) : IStdioArchive
{
    /// <inheritdoc/>
    public long Tail => files.All[0].Start;

    /// <inheritdoc/>
    public async ValueTask<IStdioArchiveReader?> OpenAsync(long offset, CancellationToken cancellationToken)
    {
        if (files.OpenAt(offset) is not var (file, handle))
        {
            return null;
        }

        var reader = new CriLogArchiveReader(files, file, handle, returns);
        var found = false;
        try
        {
            found = await reader.SkipAsync(offset - file.Start, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!found)
            {
                await reader.DisposeAsync().ConfigureAwait(false);
            }
        }

        return found ? reader : null;
    }
}
