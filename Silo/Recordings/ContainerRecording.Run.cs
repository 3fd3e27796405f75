using System.Globalization;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Recordings;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Log;
using CriAttach.Wire.Asciicast;

namespace CriAttach.Silo.Recordings;

/// <content>The loop.</content>
internal sealed partial class ContainerRecording
{
    private const int ReadSize = 32 * 1024;
    private const int FlushSize = 64 * 1024;

    private static readonly TimeSpan FlushAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(10);

    private readonly List<string> _gaps = [];
    private int? _exitCode;
    private bool _outputEnded;
    private ITimer? _flushTimer;
    private bool _flushArmed;
    private volatile bool _flushDue;
    private int _participantsKept;

    private async Task RunAsync()
    {
        RecordingWriter? writer = null;
        var (state, reason) = (RecordingState.Complete, "");
        try
        {
            // The key first: without it there is nothing to begin.
            var key = RecordingKey.Read(_services.Options.Value.HmacKeyFile);
            var record = Record(RecordingState.Recording, null);
            var files = _services.Store.Begin(record);
            _participantsKept = record.Info.Participants.Count;
            writer = new RecordingWriter(_services.Store, files, _services.Options.Value, Id, key, Header);
            Flush(writer);
            _services.Store.Prune();
            _ready.TrySetResult();
            LogBegun(_services.Logger, Id, _container.Info.Key.ContainerId);
            await RecordAsync(writer).ConfigureAwait(false);
            Complete(writer);
            (state, reason) = _gaps.Count > 0 ? (RecordingState.Broken, string.Join("; ", _gaps)) : (state, reason);
        }
        catch (RecordingEndedException limit)
        {
            (state, reason) = (RecordingState.Broken, limit.Message + Unwritten(writer));
            Conclude(writer, reason);
        }
        catch (Exception fault)
        {
            // Most of all a disk that is full or gone. Whatever it is: the clients' byte path does not depend on this loop.
            var message = fault is IOException or UnauthorizedAccessException ? fault.Message : "the recorder failed; the silo's log says more";
            (state, reason) = (RecordingState.Broken, message + Unwritten(writer));
            LogFailed(_services.Logger, Id, _container.Info.Key.ContainerId, fault);
        }

        await EndAsync(writer, state, reason).ConfigureAwait(false);
    }

    private async Task EndAsync(RecordingWriter? writer, RecordingState state, string reason)
    {
        bool early;
        lock (_lock)
        {
            _over = true;
            StopLingering();
            early = !_outputEnded && !_stopping;
        }

        _container.Stdio.Input?.Unwatch(_typed);
        _flushTimer?.Dispose();

        writer?.Dispose();
        if (writer?.Reached is null)
        {
            _services.Store.Withdraw(Id, writer?.Bytes ?? 0);
        }
        else
        {
            _services.Store.Note(Record(state, writer, reason), keep: true);
        }

        await _tap.DisposeAsync().ConfigureAwait(false);
        LogEnded(_services.Logger, Id, _container.Info.Key.ContainerId, state, reason);
        if (_policy.FailClosed && (early || !_ready.Task.IsCompleted))
        {
            var message = $"sessions of container {_container.Info.Key.ContainerId} have to be recorded, and the recording cannot be written: {reason}";
            if (_ready.TrySetException(new RecordingFailedException(message)))
            {
                // Seen: perhaps nobody waits.
                _ = _ready.Task.Exception;
            }

            _failed(message);
        }

        _ready.TrySetResult();
    }

    private async Task RecordAsync(RecordingWriter writer)
    {
        while (true)
        {
            bool stopping;
            lock (_lock)
            {
                // Looked at before the events: what was added before the stop is among them.
                stopping = _stopping;
            }

            var ahead = WriteEvents(writer);
            if (stopping && ahead is null)
            {
                if (_tap.Log.IsCompleted && _tap.Position == _tap.Log.Head)
                {
                    // Most often the last client leaves because PID 1 has ended.
                    await ExitAsync(writer).ConfigureAwait(false);
                }

                return;
            }

            var chunk = await _tap.ReadAsync((int)Math.Min(ahead ?? ReadSize, ReadSize), CancellationToken.None).ConfigureAwait(false);
            switch (chunk?.Kind)
            {
                case StdioChunkKind.Data:
                    writer.Output(Now, chunk.Stream, chunk.Data.Span);
                    break;
                case StdioChunkKind.Gap:
                    Miss(writer, $"{chunk.GapLength} bytes of output are missing here: they were gone before they were read");
                    break;
                case StdioChunkKind.End:
                    await ExitAsync(writer).ConfigureAwait(false);
                    return;
                default:
                    await WaitAsync(writer).ConfigureAwait(false);
                    break;
            }

            FlushIfDue(writer);
        }
    }

    /// <returns>How many bytes of output may come before the next event; none where there is no next one.</returns>
    private long? WriteEvents(RecordingWriter writer)
    {
        long? ahead;
        while (_events.TryTake(_tap.Log, _tap.Position, _container.Stdio.Output, out ahead) is { } one)
        {
            if (one.Code == AsciicastCode.Input)
            {
                writer.Input(one.At, one.Input);
            }
            else
            {
                writer.Event(one.At, one.Code, one.Text);
            }
        }

        if (_events.TakeLost() is > 0 and var lost)
        {
            Miss(writer, $"{lost} events are missing here: there were too many");
        }

        return ahead;
    }

    /// <summary>There is nothing to read: waits for something, or goes on in the log that has taken this one's place.</summary>
    private async ValueTask WaitAsync(RecordingWriter writer)
    {
        if (_container.Stdio.Output is var next && next != _tap.Log)
        {
            await _tap.DisposeAsync().ConfigureAwait(false);
            var tap = new LogTap(next, next.Tail, _policy.FailClosed, _signal.Set);
            lock (_lock)
            {
                _tap = tap;
            }

            Miss(writer, "output may be missing here: how it goes on is not known");
            return;
        }

        FlushIfDue(writer);
        await _signal.WaitAsync().ConfigureAwait(false);
    }

    /// <summary>PID 1 will write no more: its exit status, and the end.</summary>
    private async Task ExitAsync(RecordingWriter writer)
    {
        lock (_lock)
        {
            // Who comes now gets what was written as a replay, and that is another recording.
            (_stopping, _outputEnded) = (true, true);
        }

        await _container.Exited.WaitAsync(ExitPatience, _services.Clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        WriteEvents(writer);
        writer.BreakOutput(Now);
        if (_container.Info.ExitCode is { } code)
        {
            writer.Event(Now, AsciicastCode.Exit, code.ToString(CultureInfo.InvariantCulture));
        }

        lock (_lock)
        {
            _exitCode = _container.Info.ExitCode;
        }
    }

    private void Miss(RecordingWriter writer, string what)
    {
        writer.BreakOutput(Now);
        writer.Event(Now, AsciicastCode.Marker, what);
        if (_gaps.Count < MaxParticipants)
        {
            _gaps.Add(what);
        }

        LogMissing(_services.Logger, Id, what, _tap.ArchiveFault);
    }

    private void FlushIfDue(RecordingWriter writer)
    {
        if (writer.Buffered == 0)
        {
            return;
        }

        if (!_flushArmed)
        {
            _flushTimer ??= _services.Clock.CreateTimer(static self => ((ContainerRecording)self!).FlushSoon(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _flushTimer.Change(FlushAfter, Timeout.InfiniteTimeSpan);
            _flushArmed = true;
        }

        if (writer.Buffered >= FlushSize || _flushDue)
        {
            Flush(writer);
        }
    }

    private void FlushSoon()
    {
        _flushDue = true;
        _signal.Set();
    }

    private void Flush(RecordingWriter writer)
    {
        writer.Flush(_tap.Log.Epoch, _tap.Position);
        (_flushArmed, _flushDue) = (false, false);
        var record = Record(RecordingState.Recording, writer);
        var news = record.Info.Participants.Count != _participantsKept;
        _participantsKept = record.Info.Participants.Count;
        _services.Store.Note(record, keep: news);
    }

    private void Complete(RecordingWriter writer)
    {
        writer.BreakOutput(Now);
        if (writer.Buffered > 0)
        {
            Flush(writer);
        }

        writer.Complete(_tap.Log.Epoch, _tap.Position);
    }

    private static string Unwritten(RecordingWriter? writer) => writer is { Unwritten: > 0 and var bytes } ? $"; the last {bytes} bytes of output are not in it" : "";

    /// <summary>Ends in good order a recording that may not go on.</summary>
    private void Conclude(RecordingWriter? writer, string reason)
    {
        try
        {
            writer?.Conclude(Now, $"the recording ends here: {reason}");
        }
        catch (IOException fault)
        {
            LogFailed(_services.Logger, Id, _container.Info.Key.ContainerId, fault);
        }
    }

    [LoggerMessage(1521, LogLevel.Information, "Recording {Recording} of container {Container} begins")]
    private static partial void LogBegun(ILogger logger, string recording, string container);

    [LoggerMessage(1522, LogLevel.Information, "Recording {Recording} of container {Container} is over: {State} {Reason}")]
    private static partial void LogEnded(ILogger logger, string recording, string container, RecordingState state, string reason);

    [LoggerMessage(1523, LogLevel.Warning, "Recording {Recording}: {What}")]
    private static partial void LogMissing(ILogger logger, string recording, string what, Exception? fault);

    [LoggerMessage(1524, LogLevel.Error, "Recording {Recording} of container {Container} cannot be written")]
    private static partial void LogFailed(ILogger logger, string recording, string container, Exception fault);
}
