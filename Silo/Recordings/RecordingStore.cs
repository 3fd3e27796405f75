using CriAttach.Interfaces.Recordings;
using CriAttach.Silo.State;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Recordings;

/// <summary>All recordings of this node, and the room that they take. Bounded by <see cref="RecordingOptions.MaxRecordings"/> and <see cref="RecordingOptions.MaxTotalBytes"/>.</summary>
internal sealed partial class RecordingStore(IOptions<RecordingOptions> options, TimeProvider clock, ILogger<RecordingStore> logger)
{
    private const int ProbeBytes = 4096;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (RecordingFiles Files, RecordingRecord Record)> _recordings = new(StringComparer.Ordinal);
    private long _bytes;

    private RecordingOptions Options => options.Value;

    /// <summary>
    /// Finds the recordings of earlier silos. One that has no end is broken from now on; its files stay as they are. Nothing that may lie there keeps the silo from starting.
    /// </summary>
    public void Open()
    {
        foreach (var files in RecordingFiles.Find(Options.Directory, (folder, fault) => LogUnreadable(logger, folder, fault)))
        {
            try
            {
                Open(files);
            }
            catch (Exception fault)
            {
                LogUnreadable(logger, files.Folder, fault);
            }
        }

        Prune();
    }

    /// <summary>The recordings, the newest first.</summary>
    /// <param name="containerId">The container; empty for all.</param>
    public IReadOnlyList<RecordingInfo> List(string containerId)
    {
        lock (_lock)
        {
            return
            [
                .. _recordings.Values.Select(one => one.Record.Info)
                    .Where(info => containerId.Length == 0 || info.Container.ContainerId == containerId)
                    .OrderByDescending(info => info.StartedAt),
            ];
        }
    }

    /// <summary>The files of a recording; none where there is no such one.</summary>
    public RecordingFiles? Find(string id)
    {
        lock (_lock)
        {
            return _recordings.TryGetValue(id, out var found) ? found.Files : null;
        }
    }

    /// <summary>Where the newest recording of a container, of the same output, has come to; none where there is none.</summary>
    public long? EndOf(string containerId, long epoch)
    {
        lock (_lock)
        {
            var last = _recordings.Values.Select(one => one.Record).Where(one => one.Info.Container.ContainerId == containerId).MaxBy(one => one.Info.StartedAt);
            return last?.Epoch == epoch && last.Info.State != RecordingState.Recording ? last.Offset : null;
        }
    }

    /// <summary>A recording begins.</summary>
    /// <exception cref="IOException">It cannot be kept.</exception>
    public RecordingFiles Begin(RecordingRecord record)
    {
        var files = new RecordingFiles(Options.Directory, record.Info.Container.ContainerId, record.Info.Id);
        TryAdd(files, record);
        files.Save(record);
        return files;
    }

    /// <summary>A recording could not begin: nothing of it stays.</summary>
    /// <param name="id">The recording.</param>
    /// <param name="bytes">What it has of a file.</param>
    public void Withdraw(string id, long bytes)
    {
        RecordingFiles files;
        lock (_lock)
        {
            if (!_recordings.Remove(id, out var known))
            {
                return;
            }

            files = known.Files;
            _bytes -= bytes;
        }

        try
        {
            files.Delete();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(logger, id, fault);
        }
    }

    /// <summary>A recording has become longer, or is over.</summary>
    /// <param name="record">What is known of it now.</param>
    /// <param name="keep">Whether a silo that finds it is to know that too.</param>
    public void Note(RecordingRecord record, bool keep)
    {
        RecordingFiles files;
        lock (_lock)
        {
            if (!_recordings.TryGetValue(record.Info.Id, out var known))
            {
                return;
            }

            _recordings[record.Info.Id] = (known.Files, record);
            files = known.Files;
        }

        if (keep)
        {
            Keep(files, record);
        }
    }

    /// <summary>Takes room for bytes that are about to be written; the oldest recordings that are over make it.</summary>
    /// <exception cref="RecordingEndedException">There is none.</exception>
    public void Take(long bytes)
    {
        lock (_lock)
        {
            while (_bytes + bytes > Options.MaxTotalBytes)
            {
                if (!RemoveOldest())
                {
                    throw new RecordingEndedException($"the node's recordings have reached {nameof(RecordingOptions.MaxTotalBytes)} ({Options.MaxTotalBytes}), and all of them are being written");
                }
            }

            _bytes += bytes;
        }
    }

    /// <summary>What was taken was more, or less, than was needed.</summary>
    public void Settle(long bytes)
    {
        lock (_lock)
        {
            _bytes += bytes;
        }
    }

    /// <summary>Removes what is too old or too much.</summary>
    public void Prune()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            foreach (var (files, record) in _recordings.Values.Where(one => one.Record.Info.EndedAt is { } ended && now - ended > Options.MaxAge).ToArray())
            {
                Remove(files, record.Info);
            }

            while (_recordings.Count > Options.MaxRecordings && RemoveOldest())
            {
            }
        }
    }

    /// <summary>Whether something can be written now.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    public void Probe()
    {
        Take(0);
        PrivateFile.CreateDirectory(Options.Directory);
        var path = Path.Combine(Options.Directory, $".probe-{Guid.NewGuid():n}");
        try
        {
            using var file = PrivateFile.Open(path, FileMode.CreateNew);
            file.Write(new byte[ProbeBytes]);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private void Open(RecordingFiles files)
    {
        var record = files.Load();
        var isTorn = record.Info.State == RecordingState.Recording;
        record = isTorn ? Broken(files, record) : record;
        if (!TryAdd(files, record))
        {
            LogTwice(logger, record.Info.Id, files.Folder);
        }
        else if (isTorn)
        {
            LogBroken(logger, record.Info.Id, record.Info.Container.ContainerId);
            Keep(files, record);
        }
    }

    private void Keep(RecordingFiles files, RecordingRecord record)
    {
        try
        {
            files.Save(record);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Its parts tell what they hold; of one that is over, a silo that finds them says that it has no end.
            LogNotKept(logger, record.Info.Id, fault);
        }
    }

    private static RecordingRecord Broken(RecordingFiles files, RecordingRecord record)
    {
        var parts = files.Parts();
        var place = parts.Reverse().Select(RecordingTail.Read).FirstOrDefault(found => found is not null);
        return record with
        {
            Epoch = place?.Epoch ?? record.Epoch,
            Offset = place?.Offset ?? record.Offset,
            Info = record.Info with
            {
                State = RecordingState.Broken,
                EndedAt = parts.Count > 0 ? parts[^1].LastWriteTimeUtc : record.Info.StartedAt,
                Bytes = parts.Sum(part => part.Length),
                Parts = parts.Count,
                Reason = "the node agent ended while it was being written: up to the last second is missing",
            },
        };
    }

    private bool TryAdd(RecordingFiles files, RecordingRecord record)
    {
        lock (_lock)
        {
            if (!_recordings.TryAdd(record.Info.Id, (files, record)))
            {
                return false;
            }

            _bytes += record.Info.Bytes;
            return true;
        }
    }

    private bool RemoveOldest()
    {
        var oldest = _recordings.Values.FirstOrDefault(one => one.Record.Info.State != RecordingState.Recording);
        if (oldest.Record is null)
        {
            return false;
        }

        Remove(oldest.Files, oldest.Record.Info);
        return true;
    }

    private void Remove(RecordingFiles files, RecordingInfo info)
    {
        _recordings.Remove(info.Id);
        _bytes -= info.Bytes;
        try
        {
            files.Delete();
            LogRemoved(logger, info.Id, info.Container.ContainerId);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogNotRemoved(logger, info.Id, fault);
        }
    }

    [LoggerMessage(1501, LogLevel.Warning, "A recording in {Folder} cannot be read and is left alone")]
    private static partial void LogUnreadable(ILogger logger, string folder, Exception fault);

    [LoggerMessage(1506, LogLevel.Warning, "Recording {Recording} is known already: what {Folder} has of it is left alone")]
    private static partial void LogTwice(ILogger logger, string recording, string folder);

    [LoggerMessage(1502, LogLevel.Warning, "Recording {Recording} of container {Container} has no end: a silo died over it")]
    private static partial void LogBroken(ILogger logger, string recording, string container);

    [LoggerMessage(1503, LogLevel.Information, "Recording {Recording} of container {Container} was removed to make room, or for its age")]
    private static partial void LogRemoved(ILogger logger, string recording, string container);

    [LoggerMessage(1504, LogLevel.Error, "Recording {Recording} could not be removed")]
    private static partial void LogNotRemoved(ILogger logger, string recording, Exception fault);

    [LoggerMessage(1505, LogLevel.Error, "What is known of recording {Recording} could not be kept")]
    private static partial void LogNotKept(ILogger logger, string recording, Exception fault);
}
