using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams;

namespace CriAttach.Model.Tests.Nodes;

/// <summary>A container whose standard streams are the run's.</summary>
internal sealed class ModelContainer(ContainerInfo info, StdioEndpoint stdio, bool attached, Action markAttached) : IRuntimeContainer
{
    public ContainerInfo Info => info;

    public StdioEndpoint Stdio { get; set; } = stdio;

    public bool WasAttached { get; private set; } = attached;

    public Task Exited { get; } = new TaskCompletionSource().Task;

    public Task StartAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task StopAsync(TimeSpan grace, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task RemoveAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask ResizeAsync(TerminalSize size, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public void MarkAttached()
    {
        WasAttached = true;
        markAttached();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
