using CriAttach.Wire.CriLog;
using Microsoft.Win32.SafeHandles;

namespace CriAttach.Silo.CriLogs;

/// <summary>
/// The files of a log at one moment, held open so that a rotation changes nothing about them. Knows only the path that is written to:
/// rotated files are beside it, their names begin with its name and sort by age, as those of the kubelet and of CriAttach do.
/// Compressed ones are left out.
/// </summary>
internal sealed class CriLogSnapshot : IDisposable
{
    private readonly List<(long FirstTime, SafeFileHandle Handle)> _files = [];

    private CriLogSnapshot()
    {
    }

    /// <summary>Gets the files that have a line, the oldest first.</summary>
    public IReadOnlyList<(long FirstTime, SafeFileHandle Handle)> Files => _files;

    /// <summary>Opens the files.</summary>
    /// <param name="path">The file that is written to.</param>
    /// <exception cref="CriLogFormatException">A file does not begin with a log line.</exception>
    public static CriLogSnapshot Open(string path)
    {
        var snapshot = new CriLogSnapshot();
        try
        {
            // The current one first: if it is renamed meanwhile it is found twice, but never missed.
            snapshot.Add(path);
            foreach (var rotated in Rotated(path))
            {
                snapshot.Add(rotated);
            }

            snapshot._files.Sort(static (one, other) => one.FirstTime.CompareTo(other.FirstTime));
            return snapshot;
        }
        catch
        {
            snapshot.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, handle) in _files)
        {
            handle.Dispose();
        }
    }

    private static IEnumerable<string> Rotated(string path)
    {
        var directory = Path.GetDirectoryName(path);
        return Directory.Exists(directory)
            ? Directory.EnumerateFiles(directory, Path.GetFileName(path) + ".*")
                .Where(name => !name.EndsWith(".gz", StringComparison.Ordinal) && !name.EndsWith(".tmp", StringComparison.Ordinal))
            : [];
    }

    private void Add(string path)
    {
        SafeFileHandle handle;
        try
        {
            handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            // Not written yet, renamed, or deleted by the rotation.
            return;
        }

        if (FirstTime(handle) is { } time && !_files.Exists(file => file.FirstTime == time))
        {
            _files.Add((time, handle));
        }
        else
        {
            handle.Dispose();
        }
    }

    private static long? FirstTime(SafeFileHandle handle)
    {
        var start = new byte[CriLogReader.MaxHeaderLength + 1];
        ReadOnlyMemory<byte> input = start.AsMemory(0, RandomAccess.Read(handle, start, 0));
        return new CriLogReader().TryRead(ref input, out var piece) ? piece.UnixNanoseconds : null;
    }
}
