using CriAttach.Interfaces.Stdio;

namespace CriAttach.Streams.Log;

/// <summary>
/// Reads a container's output on its node, beside its clients: from memory, from the archive where it has fallen behind that, and what is gone from there too is
/// told as a gap. One caller at a time.
/// </summary>
public sealed class LogTap : IAsyncDisposable
{
    private readonly StdioLog _log;
    private readonly LogReader _reader;
    private readonly List<LogSlice> _slices = new(1);
    private ChunkOwner? _lent;
    private IStdioArchiveReader? _archive;
    private bool _behind;

    /// <summary>Opens it. What follows <paramref name="offset"/> stays readable as far as the log and its archive reach.</summary>
    /// <param name="log">The output.</param>
    /// <param name="offset">The offset of the first byte wanted, not ahead of the head.</param>
    /// <param name="mayHold">Whether it may slow PID 1 down by the rules for clients.</param>
    /// <param name="advanced">Called when there may be something to read, on the writer's thread: must not block.</param>
    public LogTap(StdioLog log, long offset, bool mayHold, Action advanced)
    {
        ArgumentNullException.ThrowIfNull(log);
        _log = log;
        Position = offset;
        _reader = log.OpenReader(offset, offset, mayHold, advanced, aside: true);
    }

    /// <summary>Gets the log.</summary>
    public StdioLog Log => _log;

    /// <summary>Gets the offset of the next byte.</summary>
    public long Position { get; private set; }

    /// <summary>Gets the last fault of the archive, which is perhaps why there was a gap.</summary>
    public Exception? ArchiveFault { get; private set; }

    /// <summary>Reads on. What memory has is read without waiting.</summary>
    /// <param name="max">The most bytes.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Bytes, a gap, or the end; none when there is nothing yet. Bytes are valid until the next call.</returns>
    public async ValueTask<StdioChunk?> ReadAsync(int max, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(max);
        GiveBack();
        if (!_behind)
        {
            switch (_log.TryRead(_reader, max, _slices, maxSlices: 1))
            {
                case LogReadStatus.Data:
                    var slice = _slices[0];
                    _slices.Clear();
                    return Lend(slice.Owner, slice.Stream, slice.Data);
                case LogReadStatus.End:
                    return new StdioChunk { Kind = StdioChunkKind.End, Offset = Position, Epoch = _log.Epoch };
                case LogReadStatus.Empty:
                    return null;
                default:
                    _behind = true;
                    break;
            }
        }

        return await ReadArchiveAsync(max, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        GiveBack();
        _log.CloseReader(_reader);
        await CloseArchiveAsync().ConfigureAwait(false);
    }

    private async ValueTask<StdioChunk?> ReadArchiveAsync(int max, CancellationToken cancellationToken)
    {
        while (Position < _log.Tail)
        {
            var opened = _archive is null;
            try
            {
                _archive ??= _log.Archive is { } archive ? await archive.OpenAsync(Position, cancellationToken).ConfigureAwait(false) : null;
                if (_archive is not null)
                {
                    var wanted = (int)Math.Min(max, _log.Tail - Position);
                    var block = new PooledBlock(wanted);
                    var read = await _archive.ReadAsync(block.Memory[..wanted], cancellationToken).ConfigureAwait(false);
                    if (read.Count > 0)
                    {
                        return Lend(block, read.Stream, block.Memory[..read.Count]);
                    }

                    block.Release();
                }
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                // The archive is a runtime's code, and its files move: opened anew it may go on. If not, the gap is told.
                ArchiveFault = fault;
            }

            await CloseArchiveAsync().ConfigureAwait(false);
            if (opened)
            {
                return Skip();
            }
        }

        await CloseArchiveAsync().ConfigureAwait(false);
        _behind = false;
        _log.Skip(_reader, Position);
        return await ReadAsync(max, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Nobody has the bytes here any more.</summary>
    private StdioChunk Skip()
    {
        var tail = _log.Tail;
        var oldest = _log.Archive is { } archive && archive.Tail > Position && archive.Tail < tail ? archive.Tail : tail;
        var gap = new StdioChunk { Kind = StdioChunkKind.Gap, Offset = Position, Epoch = _log.Epoch, GapLength = oldest - Position };
        Position = oldest;
        return gap;
    }

    private StdioChunk Lend(ChunkOwner owner, StdioStream stream, ReadOnlyMemory<byte> data)
    {
        _lent = owner;
        var chunk = new StdioChunk(owner) { Kind = StdioChunkKind.Data, Stream = stream, Offset = Position, Epoch = _log.Epoch, Data = data };
        Position += data.Length;
        return chunk;
    }

    private void GiveBack()
    {
        if (_lent is { } owner)
        {
            _lent = null;
            owner.Release();
            if (_reader.MayHold)
            {
                _log.Consume(_reader, Position);
            }
        }
    }

    private async ValueTask CloseArchiveAsync()
    {
        if (_archive is { } archive)
        {
            _archive = null;
            await archive.DisposeAsync().ConfigureAwait(false);
        }
    }
}
