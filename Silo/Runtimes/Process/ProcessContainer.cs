using System.Net.Sockets;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Stdio;
using CriAttach.Silo.Native;
using CriAttach.Silo.State;
using CriAttach.Streams;
using CriAttach.Streams.Input;

namespace CriAttach.Silo.Runtimes.Process;

/// <summary>A child process that counts as a container.</summary>
internal sealed partial class ProcessContainer : IRuntimeContainer
{
    private readonly ProcessServices _services;
    private readonly ContainerLedger _ledger;
    private readonly ProcessLogWriter _writer;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _abandon = new();
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Socket> _input = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ProcessStreams? _streams;
    private int _startRequested;
    private int _inputEnded;

    /// <summary>Takes a container that does not run.</summary>
    public ProcessContainer(ProcessServices services, ContainerLedger ledger, ProcessLogWriter writer)
    {
        _services = services;
        _ledger = ledger;
        _writer = writer;
        _logger = services.Loggers.CreateLogger<ProcessContainer>();
        var spec = ledger.Info.Spec;
        var input = spec.Stdin
            ? new StdinQueue(new ProcessStdin(_input.Task), writer.Log, services.StdinOptions.Value, spec is { StdinOnce: true, Tty: false }, services.Clock)
            : null;
        Stdio = new StdioEndpoint(Info.Key, writer.Log, input);
        if (Info.State == ContainerState.Exited)
        {
            writer.Log.Complete();
            EndInput();
            _exited.SetResult();
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

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Info.State != ContainerState.Created || Interlocked.Exchange(ref _startRequested, 1) != 0)
        {
            throw new ContainerStateException($"container {Info.Key.ContainerId} was started before");
        }

        try
        {
            Start();
        }
        catch (IOException fault)
        {
            _streams?.Dispose();
            Finish(UnknownExitCode, "StartError", fault.Message);
            throw new RuntimeFailureException(fault.Message);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask ResizeAsync(TerminalSize size, CancellationToken cancellationToken)
    {
        if (_streams is { Terminal: not null } streams && Info.State == ContainerState.Running && size.Width > 0 && size.Height > 0)
        {
            Resize(streams.Outputs[0].Socket, size);
        }

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

        await DisposeAsync().ConfigureAwait(false);
        _ledger.Delete();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Info.State == ContainerState.Running)
        {
            await StopOnceAsync(TimeSpan.Zero).ConfigureAwait(false);
        }

        EndInput();
        _streams?.Dispose();
        _writer.Dispose();
    }

    private static unsafe void Resize(Socket terminal, TerminalSize size)
    {
        Span<ushort> window = [size.Height, size.Width, 0, 0];
        fixed (ushort* pointer = window)
        {
            if (Libc.IoControl(terminal.SafeHandle, Libc.SetWindowSize, pointer) != 0)
            {
                throw NativeError.Last("cannot resize the terminal");
            }
        }
    }

    private void EndInput()
    {
        if (Interlocked.Exchange(ref _inputEnded, 1) == 0)
        {
            Stdio.Input?.Dispose();
        }
    }
}
