using CriAttach.Interfaces.Stdio;
using CriAttach.Silo.CriLogs;
using CriAttach.Silo.Runtimes.CriUpstream.Joining;
using CriAttach.Silo.Runtimes.CriUpstream.Logs;
using CriAttach.Streams.Log;

namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <summary>
/// The log in memory that a container's output goes to. When something was told that is not so, or may not be, another one takes its place, with an
/// epoch of its own: that is how whoever reads is told.
/// </summary>
internal sealed class UpstreamOutput : IMergedOutput
{
    private readonly StdioLogOptions _options;
    private readonly TimeProvider _clock;

    /// <summary>Makes the log of an epoch that goes on.</summary>
    public UpstreamOutput(StdioLogOptions options, TimeProvider clock, long epoch, UpstreamLog? log)
    {
        (_options, _clock) = (options, clock);
        Archive = log is null ? null : new UpstreamArchive(log);
        Log = new StdioLog(options, epoch, log?.Content ?? 0, Archive, clock);
    }

    /// <summary>Gets the log.</summary>
    public StdioLog Log { get; private set; }

    /// <summary>Gets where bytes are that have left the memory.</summary>
    public UpstreamArchive? Archive { get; private set; }

    /// <summary>Gets or sets what to call when <see cref="Log"/> has become another one.</summary>
    public Action<StdioLog> Replaced { get; set; } = static _ => { };

    /// <inheritdoc/>
    public void Tell(StdioStream stream, ReadOnlySpan<byte> bytes) => Log.Append(stream, bytes, more: true);

    /// <inheritdoc/>
    public void BecomeUncertain() => Replace(Log.Head, null);

    /// <summary>Begins another epoch.</summary>
    /// <param name="offset">The offset of its first byte.</param>
    /// <param name="archive">The log file from there on, where offsets are those of the file.</param>
    public void Replace(long offset, UpstreamLog? archive)
    {
        var old = Log;
        Archive = archive is null ? null : new UpstreamArchive(archive);
        Log = new StdioLog(_options, OutputHistory.NewEpoch(), offset, Archive, _clock);
        Replaced(Log);

        // Its readers hold PID 1 no longer, and find at their next renewal that there is another one.
        old.Dispose();
    }
}
