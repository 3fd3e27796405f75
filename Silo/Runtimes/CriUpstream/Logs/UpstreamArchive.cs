using CriAttach.Silo.CriLogs;
using CriAttach.Streams.Log;

namespace CriAttach.Silo.Runtimes.CriUpstream.Logs;

/// <summary>
/// A container's output as another runtime's log files keep it. Where output was told in another order than that of the log, the log's offsets
/// are not those of what was told: from there back nothing is given out, and a reader that needs it is told of the gap.
/// </summary>
internal sealed class UpstreamArchive(UpstreamLog log) : IStdioArchive
{
    private readonly CriLogArchive _archive = new(log, log.IsTerminal);
    private long _orderedFrom;

    /// <inheritdoc/>
    public long Tail => Math.Max(_archive.Tail, OrderedFrom);

    /// <summary>Gets from which offset on the log's order is that in which output was told; <see cref="long.MaxValue"/> while it is not.</summary>
    public long OrderedFrom => Interlocked.Read(ref _orderedFrom);

    /// <summary>The log's order is not that in which output is told.</summary>
    public void BeginDisorder() => Interlocked.Exchange(ref _orderedFrom, long.MaxValue);

    /// <summary>From an offset on it is again.</summary>
    public void EndDisorder(long offset) => Interlocked.Exchange(ref _orderedFrom, offset);

    /// <inheritdoc/>
    public async ValueTask<IStdioArchiveReader?> OpenAsync(long offset, CancellationToken cancellationToken)
    {
        var ordered = OrderedFrom;
        return offset >= ordered && await _archive.OpenAsync(offset, cancellationToken).ConfigureAwait(false) is { } reader
            ? new OrderedReader(this, ordered, reader)
            : null;
    }

    /// <summary>Ends where the order has.</summary>
    private sealed class OrderedReader(UpstreamArchive archive, long ordered, IStdioArchiveReader reader) : IStdioArchiveReader
    {
        public async ValueTask<ArchiveRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
        {
            var read = await reader.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            return archive.OrderedFrom == ordered ? read : default;
        }

        public ValueTask DisposeAsync() => reader.DisposeAsync();
    }
}
