using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;

namespace CriAttach.Grains.Tests;

/// <summary>A container in which nothing happens by itself.</summary>
internal sealed class StillContainer : IRuntimeContainer, IStdinSink
{
    public StillContainer(string id, TimeProvider clock, long epoch = 4)
    {
        var key = ContainerKey.For("n1", id);
        Info = new ContainerInfo { Key = key, Spec = new ContainerSpec { Name = "name-" + id, Stdin = true, Tty = true }, State = ContainerState.Running, CreatedAt = clock.GetUtcNow() };
        var output = new StdioLog(new StdioLogOptions(), epoch, clock: clock);
        Stdio = new StdioEndpoint(key, output, new StdinQueue(this, output, new StdinOptions(), closeOnFirstEnd: true, clock));
    }

    public ContainerInfo Info { get; }

    public StdioEndpoint Stdio { get; }

    public bool WasAttached { get; private set; }

    public Task Exited { get; } = new TaskCompletionSource().Task;

    public TaskCompletionSource StdinClosed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(TimeSpan grace, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task RemoveAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public ValueTask ResizeAsync(TerminalSize size, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public void MarkAttached() => WasAttached = true;

    public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask CloseAsync(CancellationToken cancellationToken)
    {
        StdinClosed.TrySetResult();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
