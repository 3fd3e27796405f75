using System.Net.Sockets;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Stdio;
using CriAttach.Silo.CriLogs;
using CriAttach.Silo.Native;
using CriAttach.Silo.State;
using CriAttach.Streams;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>One container that conmon holds.</summary>
internal sealed partial class ConmonContainer : IRuntimeContainer
{
    private readonly ConmonServices _services;
    private readonly ContainerLedger _ledger;
    private readonly BundlePaths _bundle;
    private readonly ConmonControl _control;
    private readonly CriLogRotator _rotator;
    private readonly Socket? _socket;
    private readonly PipeStdin? _pipe;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _detach = new();
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _following = Task.CompletedTask;
    private int _startRequested;
    private int _inputEnded;
    private int _disposed;
    private string? _startFault;

    /// <summary>Takes a container over.</summary>
    /// <param name="services">What every container needs.</param>
    /// <param name="ledger">What it is.</param>
    /// <param name="files">Its log files.</param>
    /// <param name="log">Its output, up to where <paramref name="socket"/> goes on.</param>
    /// <param name="socket">The connection to conmon; none when conmon has ended.</param>
    public ConmonContainer(ConmonServices services, ContainerLedger ledger, CriLogFiles files, StdioLog log, Socket? socket)
    {
        _services = services;
        _ledger = ledger;
        _bundle = new BundlePaths(ledger.Folder.Bundle);
        _control = new ConmonControl(_bundle.Control, services.Clock);
        _socket = socket;
        _logger = services.Loggers.CreateLogger<ConmonContainer>();
        _rotator = new CriLogRotator(files, services.LogLimits, _control.ReopenLogAsync, services.Clock, services.Loggers.CreateLogger<CriLogRotator>());
        _pipe = socket is not null && ClosesStdin(ledger.Info.Spec) ? PipeStdin.Open(ledger) : null;
        Stdio = new StdioEndpoint(Info.Key, log, MakeInput(log));
        if (_pipe is null && ClosesStdin(Info.Spec))
        {
            EndInput();
        }
    }

    /// <inheritdoc/>
    public ContainerInfo Info => _ledger.Info;

    /// <inheritdoc/>
    public StdioEndpoint Stdio { get; }

    /// <inheritdoc/>
    public bool WasAttached => _ledger.Record.WasAttached;

    /// <inheritdoc/>
    public Task Exited => _exited.Task;

    /// <summary>Whether the end of the first client's input is that of PID 1's.</summary>
    public static bool ClosesStdin(ContainerSpec spec) => spec is { Stdin: true, StdinOnce: true, Tty: false };

    /// <summary>Begins to take output, or, without a connection, to find out how PID 1 ended.</summary>
    public void Follow() => _following = FollowAsync();

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (Info.State != ContainerState.Created || Interlocked.Exchange(ref _startRequested, 1) != 0)
        {
            throw new ContainerStateException($"container {Info.Key.ContainerId} was started before");
        }

        try
        {
            await _services.Runtime.StartAsync(Info.Key.ContainerId, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is RuntimeFailureException or OperationCanceledException)
        {
            // Whatever became of PID 1, it is not to run half started.
            _startFault = fault.Message;
            SendSignal(Signal.Kill);
            throw;
        }

        _ledger.ChangeInfo(info => info with
        {
            State = info.State == ContainerState.Created ? ContainerState.Running : info.State,
            StartedAt = info.StartedAt ?? _services.Clock.GetUtcNow(),
        });
        LogStarted(_logger, Info.Key, Info.Pid);
    }

    /// <inheritdoc/>
    public ValueTask ResizeAsync(TerminalSize size, CancellationToken cancellationToken)
    {
        if (!Info.Spec.Tty || Info.State == ContainerState.Exited || size.Width == 0 || size.Height == 0)
        {
            return ValueTask.CompletedTask;
        }

        _ = ApplyAsync(size);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void MarkAttached() => _ledger.Change(static record => record.WasAttached ? record : record with { WasAttached = true });

    /// <inheritdoc/>
    public async Task RemoveAsync(CancellationToken cancellationToken)
    {
        if (Info.State == ContainerState.Running)
        {
            throw new ContainerStateException($"container {Info.Key.ContainerId} is running");
        }

        await _services.Runtime.DeleteAsync(Info.Key.ContainerId, cancellationToken).ConfigureAwait(false);
        await Exited.WaitAsync(StopSequence.KillPatience, _services.Clock, cancellationToken).ConfigureAwait(false);
        await DisposeAsync().ConfigureAwait(false);
        _services.Cgroups.Remove(Info.Key.ContainerId);
        _ledger.Delete();
        LogRemoved(_logger, Info.Key);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await _detach.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(false);
        await _rotator.DisposeAsync().ConfigureAwait(false);
        EndInput();
        _socket?.Dispose();
        _pipe?.Dispose();
    }

    private async Task ApplyAsync(TerminalSize size)
    {
        try
        {
            await _control.ResizeAsync(size).ConfigureAwait(false);
        }
        catch (IOException fault) when (Info.State != ContainerState.Exited)
        {
            LogNotResized(_logger, Info.Key, fault.Message);
        }
        catch (IOException)
        {
            // PID 1 has ended meanwhile, and its terminal with it.
        }
    }

    private StdinQueue? MakeInput(StdioLog log)
    {
        var spec = Info.Spec;
        if (!spec.Stdin || _socket is null)
        {
            return null;
        }

        IStdinSink sink = !ClosesStdin(spec) ? new SocketStdin(_socket) : _pipe is not null ? _pipe : new ClosedStdin();
        return new StdinQueue(sink, log, _services.StdinOptions.Value, ClosesStdin(spec), _services.Clock);
    }

    private void EndInput()
    {
        if (Interlocked.Exchange(ref _inputEnded, 1) == 0)
        {
            Stdio.Input?.Dispose();
        }
    }

    private void SendSignal(int signal) => _ledger.Record.Init?.Send(signal);
}
