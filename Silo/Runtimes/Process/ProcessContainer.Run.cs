using System.Collections;
using CriAttach.Interfaces.Containers;
using CriAttach.Silo.Native;

namespace CriAttach.Silo.Runtimes.Process;

/// <content>From start to end.</content>
internal sealed partial class ProcessContainer
{
    private const int UnknownExitCode = 255;

    private static readonly TimeSpan DrainPatience = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public Task StopAsync(TimeSpan grace, CancellationToken cancellationToken) => StopOnceAsync(grace).WaitAsync(cancellationToken);

    private void Start()
    {
        var spec = Info.Spec;
        _streams = ProcessStreams.Create(spec);
        var pid = Spawner.Start(new SpawnRequest
        {
            Program = Executable.Find(spec.Args[0]) ?? throw new IOException($"there is no program '{spec.Args[0]}'"),
            Arguments = [.. spec.Args.Skip(1)],
            Environment = [.. Inherited(), .. spec.Tty ? ["TERM=xterm"] : Array.Empty<string>(), .. spec.Env],
            WorkingDirectory = spec.WorkingDirectory.Length > 0 ? spec.WorkingDirectory : null,
            Files = _streams.Files,
        });
        _streams.CloseTheirs();
        _ledger.Change(record => record with
        {
            Init = ProcessIdentity.Of(pid),
            Info = record.Info with { State = ContainerState.Running, StartedAt = _services.Clock.GetUtcNow(), Pid = pid },
        });
        if (_streams.Input is { } input)
        {
            _input.SetResult(input);
        }

        _ = FollowAsync(pid, _streams);
        LogStarted(_logger, Info.Key, pid);
    }

    private async Task FollowAsync(int pid, ProcessStreams streams)
    {
        try
        {
            var pumps = Task.WhenAll(streams.Outputs.Select(output =>
                Task.Run(() => new ProcessPump(output.Stream, output.Socket, _writer, _stopping.Token).RunAsync(_abandon.Token))));
            var code = await Spawner.ReapAsync(pid).ConfigureAwait(false);

            // What PID 1 has started ends with it, as in a container. Negative: the whole group.
            _ = Libc.Kill(-pid, Signal.Kill);
            await DrainAsync(pumps).ConfigureAwait(false);
            Finish(code, code == 0 ? "Completed" : "Error", "");
        }
        catch (Exception fault)
        {
            // Nobody awaits this, and the container's clients must not wait for ever.
            LogFollowFailed(_logger, Info.Key, fault);
            _ = Libc.Kill(-pid, Signal.Kill);
            Finish(UnknownExitCode, "Error", $"following the process failed: {fault.Message}");
        }
    }

    /// <summary>Waits for the last of the output. Something that left PID 1's group may keep it open for ever; nobody waits for that.</summary>
    private async Task DrainAsync(Task pumps)
    {
        while (!pumps.IsCompleted)
        {
            var head = _writer.Log.Head;
            await Task.WhenAny(pumps, Task.Delay(DrainPatience, _services.Clock)).ConfigureAwait(false);
            if (!pumps.IsCompleted && _writer.Log.Head == head && !_writer.Log.IsHeld)
            {
                await _abandon.CancelAsync().ConfigureAwait(false);
            }
        }

        await pumps.ConfigureAwait(false);
    }

    private async Task StopOnceAsync(TimeSpan grace)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        if (Info.State == ContainerState.Created && Interlocked.Exchange(ref _startRequested, 1) == 0)
        {
            Finish(128 + Signal.Kill, "Error", "stopped before it was started");
            return;
        }

        await StopSequence.RunAsync(this, signal => _ledger.Record.Init?.Send(signal), Signal.Terminate, grace, _services.Clock).ConfigureAwait(false);
    }

    private void Finish(int code, string reason, string message)
    {
        _writer.Log.Complete();
        _ledger.ChangeInfo(info => info with
        {
            State = ContainerState.Exited,
            ExitCode = code,
            FinishedAt = _services.Clock.GetUtcNow(),
            Reason = reason,
            Message = message,
            Pid = 0,
        });
        EndInput();
        LogExited(_logger, Info.Key, code, reason);
        _exited.TrySetResult();
    }

    /// <summary>The silo's own environment without its own settings, which may hold secrets.</summary>
    private static IEnumerable<string> Inherited() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(pair => !((string)pair.Key).StartsWith("CriAttach", StringComparison.OrdinalIgnoreCase))
            .Select(pair => $"{pair.Key}={pair.Value}");

    [LoggerMessage(1201, LogLevel.Information, "Container {Container} was started as process {Pid}")]
    private static partial void LogStarted(ILogger logger, ContainerKey container, int pid);

    [LoggerMessage(1202, LogLevel.Information, "Container {Container} has exited with {Code} ({Reason})")]
    private static partial void LogExited(ILogger logger, ContainerKey container, int code, string reason);

    [LoggerMessage(1203, LogLevel.Error, "Container {Container} cannot be followed any more")]
    private static partial void LogFollowFailed(ILogger logger, ContainerKey container, Exception fault);
}
