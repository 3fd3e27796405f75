using System.Threading.Channels;
using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Gateway.Tests.Fakes;

/// <summary>Standard input that takes a chunk only when the test says so.</summary>
internal sealed class FakeInput : IStdioInput
{
    private readonly Channel<FakeSend> _sends = Channel.CreateUnbounded<FakeSend>();

    /// <summary>Gets what was sent, each to be answered.</summary>
    public ChannelReader<FakeSend> Sends => _sends.Reader;

    public bool IsDisposed { get; private set; }

    public Task SendAsync(StdioChunk chunk)
    {
        var send = new FakeSend(chunk.Kind, chunk.Offset, chunk.Data.ToArray(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _sends.Writer.TryWrite(send);
        return send.Answer.Task;
    }

    public void Dispose() => IsDisposed = true;
}
