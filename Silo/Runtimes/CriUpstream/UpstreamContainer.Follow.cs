using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Silo.CriLogs;
using CriAttach.Silo.Native;
using CriAttach.Silo.Runtimes.CriUpstream.Logs;
using CriAttach.Silo.State;
using CriAttach.Streams;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;

namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <content>Following it from the first attachment to its end.</content>
internal sealed partial class UpstreamContainer : IUpstreamEvents
{
    /// <summary>The exit status of a container of which nobody knows it.</summary>
    private const int UnknownExitCode = 255;

    private UpstreamLog? _log;
    private ProcessWatch? _init;

    /// <inheritdoc/>
    public ContainerKey Key => Info.Key;

    /// <inheritdoc/>
    public Task InitEnded => _init?.Ended ?? Never;

    /// <summary>Begins to follow it.</summary>
    /// <param name="record">What an earlier silo kept; none where none has followed it.</param>
    /// <exception cref="IOException">Its log cannot be opened, or the record not be written.</exception>
    public void Follow(ContainerRecord? record)
    {
        var known = record is null or { Disordered: true } ? null : record.LogFiles;
        _log = UpstreamLog.Open(Info.LogPath, Info.Spec.Tty, known, 0, out var exact);
        var goesOn = record is { Disordered: false } && exact;
        record = (record ?? new ContainerRecord { Info = Info, Epoch = OutputHistory.NewEpoch() }) with
        {
            Info = Info,
            LogFiles = _log?.Known,
            Disordered = false,
        };
        if (!goesOn)
        {
            record = record with { Epoch = OutputHistory.NewEpoch() };
        }

        PrivateFile.CreateDirectory(_folder.Path);
        _folder.Save(record);
        _init = Watch(Info.Pid);
        _output = new UpstreamOutput(_services.LogOptions.Value, _services.Clock, record.Epoch, _log);
        _link = new UpstreamLink(_services.Dialer, Info.Key.ContainerId, Streams, NoteStdinClosed, _services.Clock, _services.Loggers.CreateLogger<UpstreamLink>());
        _input = Info.Spec.Stdin ? new StdinQueue(_link, _output.Log, _services.StdinOptions.Value, ClosesStdin(Info.Spec), _services.Clock) : null;
        _output.Replaced = BeginEpoch;
        var pump = new UpstreamPump(
            this, Info.Spec.Tty, _link, _output, _log, _services.Options.Value, _services.Clock, _services.Loggers.CreateLogger<UpstreamPump>(), _stopping.Token);

        // What the log has by now is in before anybody asks where it ends.
        pump.CatchUp();
        Volatile.Write(ref _endpoint, new StdioEndpoint(Info.Key, _output.Log, _input));
        _ledger = new ContainerLedger(_folder, record with { Epoch = _output.Log.Epoch, LogFiles = _log?.Known });
        LogFollowing(_logger, Info.Key, _output.Log.Head);
        _following = Task.Run(() => FollowAsync(pump));
    }

    /// <inheritdoc/>
    public async Task<bool> MayRunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await LookAsync(cancellationToken).ConfigureAwait(false) is { State: ContainerState.Running or ContainerState.Created };
        }
        catch (CriAttachException)
        {
            // It cannot be asked now, which says nothing of the container.
            return true;
        }
    }

    /// <inheritdoc/>
    public UpstreamLog? OpenLog(long start) => _log = UpstreamLog.Open(Info.LogPath, Info.Spec.Tty, null, start, out _);

    /// <inheritdoc/>
    public void NoteFiles(IReadOnlyList<KnownLogFile> files) => _ledger?.Change(record => record with { LogFiles = files });

    /// <inheritdoc/>
    public void NoteDisorder(bool disordered) => _ledger?.Change(record => record with { Disordered = disordered });

    private ProcessWatch? Watch(int pid)
    {
        try
        {
            // One that is not there may be one that cannot be seen from here.
            return pid > 0 && ProcessIdentity.Of(pid) is not null ? new ProcessWatch(pid, _services.Poller) : null;
        }
        catch (IOException fault)
        {
            LogNotWatched(_logger, Info.Key, fault.Message);
            return null;
        }
    }

    private void BeginEpoch(StdioLog output)
    {
        _input?.MoveTo(output);
        Volatile.Write(ref _endpoint, new StdioEndpoint(Info.Key, output, _input));
        _ledger?.Change(record => record with { Epoch = output.Epoch, Disordered = true });
    }

    private async Task FollowAsync(UpstreamPump pump)
    {
        try
        {
            if (!await pump.RunAsync(_detach.Token).ConfigureAwait(false))
            {
                return;
            }

            // The last byte is in, and readers need not wait for the status.
            CompleteOutput();
            Finish(_ended ?? Info with { State = ContainerState.Exited, ExitCode = UnknownExitCode, Reason = "Removed", Message = "the runtime removed the container before it told its exit status", Pid = 0 });
        }
        catch (OperationCanceledException) when (_detach.IsCancellationRequested)
        {
            // We let go of it.
        }
        catch (Exception fault)
        {
            // Nobody awaits this before the silo stops, and the container's clients must not wait for ever.
            LogFollowFailed(_logger, Info.Key, fault);
            CompleteOutput();
            Finish(Info with { State = ContainerState.Exited, ExitCode = UnknownExitCode, Reason = "Error", Message = $"following the container failed: {fault.Message}", Pid = 0 });
        }
    }

    private void Finish(ContainerInfo info)
    {
        lock (_lock)
        {
            Volatile.Write(ref _info, info with { State = ContainerState.Exited, ExitCode = info.ExitCode ?? UnknownExitCode });
        }

        _input?.Dispose();
        LogExited(_logger, info.Key, Info.ExitCode ?? UnknownExitCode, info.Reason);
        _exited.TrySetResult();
    }

    private void NoteStdinClosed() => _ledger?.Change(record => record with { StdinClosed = true });

    [LoggerMessage(1421, LogLevel.Information, "Container {Container} is followed from offset {Offset} on")]
    private static partial void LogFollowing(ILogger logger, ContainerKey container, long offset);

    [LoggerMessage(1422, LogLevel.Information, "Container {Container} has exited with {Code} ({Reason})")]
    private static partial void LogExited(ILogger logger, ContainerKey container, int code, string reason);

    [LoggerMessage(1424, LogLevel.Warning, "The end of PID 1 of container {Container} cannot be seen at once: readers that hold it up then may delay its stopping. {Message}")]
    private static partial void LogNotWatched(ILogger logger, ContainerKey container, string message);

    [LoggerMessage(1423, LogLevel.Error, "Container {Container} cannot be followed any more")]
    private static partial void LogFollowFailed(ILogger logger, ContainerKey container, Exception fault);
}
