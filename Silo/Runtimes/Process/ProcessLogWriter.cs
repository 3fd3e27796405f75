using System.Buffers;
using CriAttach.Interfaces.Stdio;
using CriAttach.Silo.CriLogs;
using CriAttach.Silo.State;
using CriAttach.Streams.Log;
using CriAttach.Wire.CriLog;

namespace CriAttach.Silo.Runtimes.Process;

/// <summary>Takes the output of both streams, one chunk at a time: first into the CRI log, then into the log in memory, as conmon does.</summary>
internal sealed class ProcessLogWriter(CriLogFiles files, CriLogLimits limits, StdioLog log, TimeProvider clock) : IDisposable
{
    private const int NanosecondsPerTick = 100;

    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _lines = new();
    private FileStream? _file;

    /// <summary>Gets the log in memory.</summary>
    public StdioLog Log { get; } = log;

    /// <summary>Takes a chunk.</summary>
    public void Append(StdioStream stream, ReadOnlySpan<byte> data)
    {
        lock (_lock)
        {
            _file ??= PrivateFile.Open(files.CurrentPath, FileMode.Append);
            var now = (clock.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick;
            CriLogWriter.Write(_lines, stream == StdioStream.Stderr ? CriLogStream.Stderr : CriLogStream.Stdout, now, data);
            _file.Write(_lines.WrittenSpan);
            _lines.ResetWrittenCount();
            if (_file.Length >= limits.FileBytes)
            {
                Rotate();
            }

            Log.Append(stream, data);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    private void Rotate()
    {
        _file!.Dispose();
        files.BeginRotation();
        try
        {
            _file = PrivateFile.Open(files.CurrentPath, FileMode.Append);
            files.CompleteRotation();
        }
        finally
        {
            files.EndRotation();
        }

        files.Prune(limits);
    }
}
