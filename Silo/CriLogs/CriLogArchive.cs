using CriAttach.Streams.Log;

namespace CriAttach.Silo.CriLogs;

/// <summary>A container's output as its log files keep it, by exact offset.</summary>
internal sealed class CriLogArchive(CriLogFiles files) : IStdioArchive
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

        var reader = new CriLogArchiveReader(files, file, handle);
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
