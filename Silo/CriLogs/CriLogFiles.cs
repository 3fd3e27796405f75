using System.Collections.Immutable;
using System.Globalization;
using CriAttach.Wire.CriLog;
using Microsoft.Win32.SafeHandles;

namespace CriAttach.Silo.CriLogs;

/// <summary>
/// The files of one container's log, and at which output offset each begins. A rotated file carries its offset in its name,
/// so the index is the directory itself: a rename changes both at once, whenever the silo dies.
/// <c>0.log</c> begins where the newest rotated file ends, or at 0.
/// </summary>
internal sealed class CriLogFiles : ICriLogIndex
{
    private const string CurrentName = "0.log";
    private const string OffsetFormat = "D20";
    private const int OffsetDigits = 20;

    private readonly Lock _lock = new();
    private readonly string _directory;
    private ImmutableArray<CriLogFile> _files;
    private TaskCompletionSource? _rotation;

    private CriLogFiles(string directory, ImmutableArray<CriLogFile> files)
    {
        _directory = directory;
        _files = files;
    }

    /// <summary>Gets where the log is written.</summary>
    public string CurrentPath => Path.Combine(_directory, CurrentName);

    /// <summary>Gets a value indicating whether the file that is written to has its name; while a rotation is under way it has not.</summary>
    public bool HasCurrent => File.Exists(CurrentPath);

    /// <inheritdoc/>
    public ImmutableArray<CriLogFile> All
    {
        get
        {
            lock (_lock)
            {
                return _files;
            }
        }
    }

    /// <inheritdoc/>
    public Task Settled
    {
        get
        {
            lock (_lock)
            {
                return _rotation?.Task ?? Task.CompletedTask;
            }
        }
    }

    /// <summary>Makes the index of the files that are there; a log that is yet to be written begins at 0.</summary>
    /// <exception cref="CriLogFormatException">A file cannot be read, so no offset is known.</exception>
    public static CriLogFiles Open(string directory)
    {
        var prefix = CurrentName + ".";
        var files = Directory.EnumerateFiles(directory)
            .Where(path => Path.GetFileName(path).StartsWith(prefix, StringComparison.Ordinal))
            .Select(path => (Path: path, Offset: Path.GetFileName(path)[prefix.Length..]))
            .Where(file => file.Offset.Length == OffsetDigits && file.Offset.All(char.IsAsciiDigit))
            .Select(file => new CriLogFile(file.Path, long.Parse(file.Offset, CultureInfo.InvariantCulture)))
            .OrderBy(file => file.Start)
            .ToImmutableArray();
        var current = Path.Combine(directory, CurrentName);
        if (File.Exists(current) || files.IsEmpty)
        {
            files = files.Add(new CriLogFile(current, files.IsEmpty ? 0 : End(files[^1])));
        }

        return new CriLogFiles(directory, files);
    }

    /// <summary>The offset behind the last byte, when nobody writes.</summary>
    /// <exception cref="CriLogFormatException">The newest file cannot be read.</exception>
    public long End() => End(All[^1]);

    /// <summary>Takes the name from the newest file. The writer goes on writing to it until it opens its log anew. <see cref="EndRotation"/> must follow.</summary>
    public void BeginRotation()
    {
        lock (_lock)
        {
            _rotation ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (HasCurrent)
            {
                var newest = _files[^1];
                var path = $"{CurrentPath}.{newest.Start.ToString(OffsetFormat, CultureInfo.InvariantCulture)}";
                File.Move(CurrentPath, path, overwrite: true);
                _files = _files.SetItem(_files.Length - 1, newest with { Path = path });
            }
        }
    }

    /// <summary>The writer has opened a new file: notes where that begins.</summary>
    /// <returns>The offset of the new file's first byte.</returns>
    /// <exception cref="CriLogFormatException">The finished file cannot be read, so that offset is unknown.</exception>
    public long CompleteRotation()
    {
        var finished = All[^1];
        if (finished.Path == CurrentPath)
        {
            return finished.Start;
        }

        var next = new CriLogFile(CurrentPath, End(finished));
        lock (_lock)
        {
            if (next.Start > finished.Start)
            {
                _files = _files.Add(next);
            }
            else
            {
                _files = _files.SetItem(_files.Length - 1, next);
                File.Delete(finished.Path);
            }
        }

        return next.Start;
    }

    /// <summary>The rotation is over, whether it came to its end or not.</summary>
    public void EndRotation()
    {
        TaskCompletionSource? rotation;
        lock (_lock)
        {
            (rotation, _rotation) = (_rotation, null);
        }

        rotation?.TrySetResult();
    }

    /// <summary>The writer is gone: the newest file has the log's name again, if a rotation has taken it away and was not finished.</summary>
    public void EndWriting()
    {
        lock (_lock)
        {
            if (!HasCurrent && File.Exists(_files[^1].Path))
            {
                File.Move(_files[^1].Path, CurrentPath);
                _files = _files.SetItem(_files.Length - 1, _files[^1] with { Path = CurrentPath });
            }
        }
    }

    /// <summary>Deletes the oldest files until the rest keeps within the limits. The newest two stay: the offsets hang on them.</summary>
    /// <returns>How many are gone.</returns>
    public int Prune(CriLogLimits limits)
    {
        lock (_lock)
        {
            var room = limits.TotalBytes - limits.FileBytes;
            var keep = _files.Length - 1;
            while (keep > 0 && (keep == _files.Length - 1 || room >= Length(_files[keep - 1])))
            {
                room -= Length(_files[--keep]);
            }

            foreach (var file in _files.AsSpan(0, keep))
            {
                File.Delete(file.Path);
            }

            _files = _files.RemoveRange(0, keep);
            return keep;
        }
    }

    /// <inheritdoc/>
    public (CriLogFile File, SafeFileHandle Handle)? OpenAt(long offset)
    {
        lock (_lock)
        {
            var file = _files.LastOrDefault(file => file.Start <= offset);
            return file is not null && File.Exists(file.Path) ? (file, Open(file)) : null;
        }
    }

    private static SafeFileHandle Open(CriLogFile file) =>
        File.OpenHandle(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);

    private static long Length(CriLogFile file) => new FileInfo(file.Path).Length;

    private static long End(CriLogFile file) => File.Exists(file.Path) ? file.Start + CriLogScan.ContentLength(file.Path) : file.Start;
}
