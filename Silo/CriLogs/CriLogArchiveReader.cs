using System.Buffers;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Log;
using CriAttach.Wire.CriLog;
using Microsoft.Win32.SafeHandles;

namespace CriAttach.Silo.CriLogs;

/// <summary>Reads a container's output from its log files, across their ends.</summary>
internal sealed class CriLogArchiveReader(ICriLogIndex files, CriLogFile file, SafeFileHandle handle, bool returns) : IStdioArchiveReader
{
    private const int BufferSize = 64 * 1024;
    private static readonly ReadOnlyMemory<byte> LineEnd = "\r\n"u8.ToArray();

    private byte[]? _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private CriLogFile _file = file;
    private SafeFileHandle _handle = handle;
    private CriLogReader _parser = new();
    private ReadOnlyMemory<byte> _unparsed;
    private ReadOnlyMemory<byte> _content;
    private bool _endsLine;
    private StdioStream _contentStream;
    private long _position;
    private long _offset = file.Start;

    /// <summary>Goes on by a number of content bytes.</summary>
    /// <returns><c>false</c> when there are not so many.</returns>
    public async ValueTask<bool> SkipAsync(long count, CancellationToken cancellationToken)
    {
        var scratch = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (count > 0)
            {
                var read = await ReadAsync(scratch.AsMemory(0, (int)Math.Min(count, scratch.Length)), cancellationToken).ConfigureAwait(false);
                if (read.Count == 0)
                {
                    return false;
                }

                count -= read.Count;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(scratch);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ArchiveRead> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = Take(buffer.Span);
            if (read.Count > 0)
            {
                _offset += read.Count;
                return read;
            }

            // Looked up before the file is found at its end: a file that has a successor is not written to any more.
            var settled = files.Settled;
            var wasSettled = settled.IsCompleted;
            var hasNext = files.All[^1].Start > _file.Start || _position == 0;
            if (await FillAsync(cancellationToken).ConfigureAwait(false) || (hasNext && MoveOn()))
            {
                continue;
            }

            if (wasSettled)
            {
                return default;
            }

            // What was asked for may be in the file that is just being begun.
            await settled.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _handle.Dispose();
        if (Interlocked.Exchange(ref _buffer, null) is { } buffer)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return ValueTask.CompletedTask;
    }

    private ArchiveRead Take(Span<byte> buffer)
    {
        var taken = 0;
        var stream = _contentStream;
        while (taken < buffer.Length && HasContent() && (taken == 0 || stream == _contentStream))
        {
            stream = _contentStream;
            var count = Math.Min(_content.Length, buffer.Length - taken);
            _content.Span[..count].CopyTo(buffer[taken..]);
            _content = _content[count..];
            taken += count;
        }

        return new ArchiveRead(stream, taken);
    }

    private bool HasContent()
    {
        while (_content.IsEmpty)
        {
            if (_endsLine)
            {
                (_content, _endsLine) = (LineEnd, false);
                return true;
            }

            if (!_parser.TryRead(ref _unparsed, out var piece))
            {
                return false;
            }

            _endsLine = returns && piece is { EndsLine: true, IsPartial: false };
            _content = _endsLine ? piece.Content[..^1] : piece.Content;
            _contentStream = piece.Stream == CriLogStream.Stderr ? StdioStream.Stderr : StdioStream.Stdout;
        }

        return true;
    }

    /// <summary>Reads on in the file. What the parser left over moves to the buffer's front.</summary>
    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_buffer is null, this);
        var kept = _unparsed.Length;
        _unparsed.CopyTo(_buffer);
        var count = await RandomAccess.ReadAsync(_handle, _buffer.AsMemory(kept), _position, cancellationToken).ConfigureAwait(false);
        _position += count;
        _unparsed = _buffer.AsMemory(0, kept + count);
        return count > 0;
    }

    /// <summary>Opens the next file; an empty one may have been replaced by another with the same start.</summary>
    private bool MoveOn()
    {
        if (files.OpenAt(_offset) is not var (next, handle))
        {
            throw new IOException($"the log file that begins at offset {_offset} is gone");
        }

        _handle.Dispose();
        _handle = handle;
        if (next.Start != _offset)
        {
            throw new IOException($"the log has no file that begins at offset {_offset}");
        }

        var moved = next.Start > _file.Start || RandomAccess.GetLength(handle) > 0;
        (_file, _position, _unparsed, _parser) = (next, 0, default, new CriLogReader());
        return moved;
    }
}
