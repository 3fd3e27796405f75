using System.Collections.Immutable;
using CriAttach.Silo.CriLogs;
using CriAttach.Silo.Native;
using CriAttach.Silo.State;
using CriAttach.Wire.CriLog;
using Microsoft.Win32.SafeHandles;

namespace CriAttach.Silo.Runtimes.CriUpstream.Logs;

/// <summary>
/// Follows the CRI log of a container that another runtime writes and the kubelet rotates: by file, not by name. A file that has a successor is
/// left when it has been read to its end and nobody writes to it any more. One reader; the index may be asked by anyone.
/// </summary>
internal sealed class UpstreamLog : ICriLogIndex, IDisposable
{
    /// <summary>So much of a file is read at once; a piece of a line is never longer.</summary>
    public const int BufferSize = 64 * 1024;

    // Of rotated files so many stay open, for readers that are far behind. The kubelet keeps no more than five.
    private const int MostFiles = 4;

    private readonly Lock _lock = new();
    private readonly string _path;
    private readonly byte[] _buffer = new byte[BufferSize];
    private ImmutableArray<LogFile> _files;
    private CriLogReader _parser = new();
    private ReadOnlyMemory<byte> _unparsed;
    private long _position;
    private bool _disposed;

    private readonly bool _terminal;

    private UpstreamLog(string path, bool terminal, LogFile first) => (_path, _terminal, _files, Content) = (path, terminal, [first], first.File.Start);

    /// <summary>Gets a value indicating whether a terminal wrote it, of whose line ends the runtime has left out the carriage returns.</summary>
    public bool IsTerminal => _terminal;

    /// <summary>Gets the output offset behind what was read, its lines ending as such output's do.</summary>
    public long Content { get; private set; }

    /// <summary>Gets a value indicating whether anything could be read.</summary>
    public bool HasContent { get; private set; }

    /// <summary>Gets the files as the next silo is to know them.</summary>
    public IReadOnlyList<KnownLogFile> Known => [.. Files.Select(file => new KnownLogFile(file.Identity.Device, file.Identity.Inode, file.File.Start))];

    /// <inheritdoc/>
    public ImmutableArray<CriLogFile> All => [.. Files.Select(file => file.File)];

    /// <inheritdoc/>
    public Task Settled => Task.CompletedTask;

    private ImmutableArray<LogFile> Files
    {
        get
        {
            lock (_lock)
            {
                return _files;
            }
        }
    }

    /// <summary>Opens a log at its oldest file that is left.</summary>
    /// <param name="path">Where the runtime writes it.</param>
    /// <param name="terminal">Whether PID 1 writes to a terminal.</param>
    /// <param name="known">What an earlier silo knew of its files; none for a log that nobody has followed yet.</param>
    /// <param name="start">The output offset of the first byte where none is known.</param>
    /// <param name="exact">Whether offsets are those of the earlier silo.</param>
    /// <returns>None while there is no file.</returns>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static UpstreamLog? Open(string path, bool terminal, IReadOnlyList<KnownLogFile>? known, long start, out bool exact)
    {
        var siblings = LogSiblings.Of(path);
        exact = known is null;
        foreach (var sibling in siblings)
        {
            if (FileIdentity.Of(sibling) is { } identity
                && known?.FirstOrDefault(file => file.Device == identity.Device && file.Inode == identity.Inode) is { } file
                && LogFile.Open(sibling, file.Start) is { } again)
            {
                exact = true;
                return new UpstreamLog(path, terminal, again);
            }
        }

        return siblings.Count > 0 && LogFile.Open(siblings[0], start) is { } first ? new UpstreamLog(path, terminal, first) : null;
    }

    /// <summary>Reads on.</summary>
    /// <param name="piece">A piece of the output; its content is valid until the next call.</param>
    /// <returns><c>false</c> when there is no more yet.</returns>
    /// <exception cref="CriLogFormatException">It is no CRI log.</exception>
    /// <exception cref="IOException">It cannot be read, or a file of it is gone that was not read to its end.</exception>
    public bool TryRead(out CriLogPiece piece)
    {
        while (!_parser.TryRead(ref _unparsed, out piece))
        {
            if (!Fill() && !MoveOn())
            {
                return false;
            }
        }

        HasContent = true;
        return true;
    }

    /// <summary>What was read last is taken: it counts.</summary>
    public void Take(in CriLogPiece piece) => Content += piece.Content.Length + (_terminal && piece is { EndsLine: true, IsPartial: false } ? 1 : 0);

    /// <summary>Whether everything was read that will ever be in the log, of a container that has ended.</summary>
    /// <returns>None where that cannot be told.</returns>
    public bool? IsComplete()
    {
        if (FileWriters.Exist(Files[^1].Handle) is not { } written)
        {
            return null;
        }

        return !written && RandomAccess.GetLength(Files[^1].Handle) == _position && LogSiblings.After(_path, Files[^1].Identity) is null;
    }

    /// <inheritdoc/>
    public (CriLogFile File, SafeFileHandle Handle)? OpenAt(long offset)
    {
        lock (_lock)
        {
            var file = _disposed ? null : _files.LastOrDefault(file => file.File.Start <= offset);
            return file is null ? null : (file.File, file.OpenAgain());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var file in _files)
            {
                file.Dispose();
            }
        }
    }

    private bool Fill()
    {
        var kept = _unparsed.Length;
        _unparsed.CopyTo(_buffer);
        var count = RandomAccess.Read(_files[^1].Handle, _buffer.AsSpan(kept), _position);
        _position += count;
        _unparsed = _buffer.AsMemory(0, kept + count);
        return count > 0;
    }

    /// <summary>Goes to the next file, when this one has been read to its end for good.</summary>
    private bool MoveOn()
    {
        var last = _files[^1];
        if (FileIdentity.Of(_path) is not { } now || now == last.Identity)
        {
            return false;
        }

        // Where nobody can tell whether it is still written to, the first byte in the new file says that it is not.
        var writers = FileWriters.Exist(last.Handle);
        if (writers is true || (writers is null && new FileInfo(_path) is { Exists: true, Length: 0 }) || RandomAccess.GetLength(last.Handle) > _position)
        {
            return false;
        }

        var path = LogSiblings.After(_path, last.Identity) ?? throw new IOException($"a file of the log {_path} was removed before it was followed to its end");
        if (LogFile.Open(path, Content) is not { } next)
        {
            return false;
        }

        lock (_lock)
        {
            // Two files never begin at the same offset: an empty one is none.
            _files = last.File.Start == Content ? _files.SetItem(_files.Length - 1, next) : _files.Add(next);
            if (last.File.Start == Content)
            {
                last.Dispose();
            }

            while (_files.Length > MostFiles)
            {
                _files[0].Dispose();
                _files = _files.RemoveAt(0);
            }
        }

        (_parser, _position, _unparsed) = (new CriLogReader(), 0, default);
        return true;
    }
}
