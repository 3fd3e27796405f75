using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;

namespace CriAttach.Micro.Streams;

/// <summary>A container whose PID 1 is <c>cat</c>, without the process: what is typed is output.</summary>
internal sealed class EchoEndpoint : IStdioEndpoints, IStdinSink, IDisposable
{
    private readonly StdioEndpoint _endpoint;

    internal EchoEndpoint()
    {
        Output = new StdioLog(new StdioLogOptions(), epoch: 1);
        Input = new StdinQueue(this, Output, new StdinOptions(), closeOnFirstEnd: false);
        _endpoint = new StdioEndpoint(Key, Output, Input);
    }

    internal static ContainerKey Key { get; } = ContainerKey.For("bench", "echo");

    internal StdioLog Output { get; }

    internal StdinQueue Input { get; }

    public StdioEndpoint? Find(ContainerKey key) => key == Key ? _endpoint : null;

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        await Output.WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
        Output.Append(StdioStream.Stdout, data.Span);
    }

    public ValueTask CloseAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public void Dispose()
    {
        Input.Dispose();
        Output.Dispose();
    }
}
