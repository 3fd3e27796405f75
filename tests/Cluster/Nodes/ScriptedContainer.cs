using System.Threading.Channels;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;

namespace CriAttach.Cluster.Tests.Nodes;

/// <summary>A container whose PID 1 is the test: it writes what the test says and keeps what it is sent.</summary>
internal sealed class ScriptedContainer : IRuntimeContainer, IStdinSink
{
    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<byte[]> _stdin = Channel.CreateUnbounded<byte[]>();
    private readonly TaskCompletionSource _stopAsked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stdinClosed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ScriptedContainer(ContainerKey key, ContainerSpec spec, StdioLogOptions log, TimeProvider clock, IStdioArchive? archive = null)
    {
        Info = new ContainerInfo
        {
            Key = key,
            Spec = spec,
            State = ContainerState.Running,
            CreatedAt = clock.GetUtcNow(),
        };
        Output = new StdioLog(log, epoch: 7, archive: archive, clock: clock);
        var input = spec.Stdin ? new StdinQueue(this, Output, new StdinOptions(), spec.StdinOnce && !spec.Tty, clock) : null;
        Stdio = new StdioEndpoint(key, Output, input);
    }

    public ContainerInfo Info { get; private set; }

    public StdioEndpoint Stdio { get; }

    public StdioLog Output { get; }

    public bool WasAttached { get; private set; }

    public Task Exited => _exited.Task;

    /// <summary>Gets what has been written to standard input.</summary>
    public ChannelReader<byte[]> Stdin => _stdin.Reader;

    /// <summary>Gets what completes when standard input is closed.</summary>
    public Task StdinClosed => _stdinClosed.Task;

    /// <summary>Gets the sizes that the terminal was given.</summary>
    public List<TerminalSize> Sizes { get; } = [];

    /// <summary>Gets or sets a value indicating whether input is written to standard output again.</summary>
    public bool Echo { get; set; }

    /// <summary>Gets or sets what input waits for.</summary>
    public Task InputGate { get; set; } = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Gets or sets what a stop waits for.</summary>
    public Task StopGate { get; set; } = Task.CompletedTask;

    /// <summary>Gets what completes when a stop has been asked for.</summary>
    public Task StopAsked => _stopAsked.Task;

    public async Task StopAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        _stopAsked.TrySetResult();
        await StopGate.WaitAsync(cancellationToken);
        Exit(143);
        await Exited;
    }

    public Task RemoveAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask ResizeAsync(TerminalSize size, CancellationToken cancellationToken)
    {
        Sizes.Add(size);
        return ValueTask.CompletedTask;
    }

    public void MarkAttached() => WasAttached = true;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await InputGate.WaitAsync(cancellationToken);
        _stdin.Writer.TryWrite(data.ToArray());
        if (Echo)
        {
            Output.Append(StdioStream.Stdout, data.Span);
        }
    }

    public ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        _stdinClosed.TrySetResult();
        return ValueTask.CompletedTask;
    }

    /// <summary>PID 1 ends.</summary>
    public void Exit(int code)
    {
        Output.Complete();
        Info = Info with { State = ContainerState.Exited, ExitCode = code };
        _exited.TrySetResult();
    }

    public ValueTask DisposeAsync()
    {
        Stdio.Input?.Dispose();
        Output.Dispose();
        return ValueTask.CompletedTask;
    }
}
