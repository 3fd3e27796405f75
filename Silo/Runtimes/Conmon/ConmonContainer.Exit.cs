using System.Net.Sockets;
using CriAttach.Interfaces.Containers;
using CriAttach.Silo.Native;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <content>The end of PID 1.</content>
internal sealed partial class ConmonContainer
{
    /// <summary>The exit status of a container of which nobody knows it.</summary>
    public const int UnknownExitCode = 255;

    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public Task StopAsync(TimeSpan grace, CancellationToken cancellationToken) => StopOnceAsync(grace).WaitAsync(cancellationToken);

    private async Task StopOnceAsync(TimeSpan grace)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await StopSequence.RunAsync(this, SendSignal, StopSignal(), Info.State == ContainerState.Running ? grace : TimeSpan.Zero, _services.Clock).ConfigureAwait(false);
    }

    private int StopSignal() =>
        Info.Spec.Annotations.TryGetValue("org.opencontainers.image.stopSignal", out var name) && Signal.TryParse(name, out var number) ? number : Signal.Terminate;

    private async Task FollowAsync()
    {
        try
        {
            if (Info.State == ContainerState.Exited)
            {
                Complete();
                _exited.TrySetResult();
                return;
            }

            if (_socket is not null && await PumpAsync(_socket).ConfigureAwait(false) == PumpEnd.Detached)
            {
                return;
            }

            await EndAsync().ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            // Nobody awaits this before the silo stops, and the container's clients must not wait for ever.
            LogFollowFailed(_logger, Info.Key, fault);
            await _rotator.DisposeAsync().ConfigureAwait(false);
            Finish(UnknownExitCode, _services.Clock.GetUtcNow(), "Error", $"following the container failed: {fault.Message}");
        }
    }

    private async Task<PumpEnd> PumpAsync(Socket socket)
    {
        using var readiness = _services.Poller.Add((int)socket.Handle);
        return await new ConmonPump(readiness, Stdio.Output, _rotator, _services.Clock, _stopping.Token).RunAsync(_detach.Token).ConfigureAwait(false);
    }

    private async Task EndAsync()
    {
        // The last byte is in, here and in the log, and readers need not wait for the status.
        await _rotator.DisposeAsync().ConfigureAwait(false);
        Complete();
        var exit = await ExitRecord.WaitAsync(_bundle, Info.Key.ContainerId, _ledger.Record.Conmon, ExitPatience, _services.Clock).ConfigureAwait(false);
        if (exit is not null)
        {
            // conmon touches its log no more.
            _rotator.EndWriting();
            var reason = File.Exists(_bundle.OutOfMemory) ? "OOMKilled" : _startFault is not null ? "StartError" : exit.Code == 0 ? "Completed" : "Error";
            Finish(exit.Code, exit.At, reason, _startFault ?? "");
        }
        else if (_ledger.Record.Conmon?.IsAlive() ?? false)
        {
            Finish(UnknownExitCode, _services.Clock.GetUtcNow(), "Unknown", "conmon did not tell the exit status");
        }
        else
        {
            // With conmon PID 1's standard streams are gone. A PID 1 that nobody can talk to any more is not left running.
            SendSignal(Signal.Kill);
            var ended = _ledger.Record.Init is not { } init || await init.EndsWithinAsync(StopSequence.KillPatience, _services.Clock).ConfigureAwait(false);
            Finish(UnknownExitCode, _services.Clock.GetUtcNow(), "ConmonDied", ended ? "conmon ended before PID 1, whose output it held; PID 1 was killed" : "conmon ended before PID 1, which does not end either");
        }
    }

    private void Complete()
    {
        if (!Stdio.Output.IsCompleted)
        {
            Stdio.Output.Complete();
        }
    }

    private void Finish(int code, DateTimeOffset at, string reason, string message)
    {
        Complete();
        _ledger.ChangeInfo(info => info with
        {
            State = ContainerState.Exited,
            ExitCode = code,
            FinishedAt = at,
            Reason = reason,
            Message = message,
            Pid = 0,
        });
        EndInput();
        _ledger.Record.StdinHolder?.Send(Signal.Kill);
        LogExited(_logger, Info.Key, code, reason);
        _exited.TrySetResult();
    }
}
