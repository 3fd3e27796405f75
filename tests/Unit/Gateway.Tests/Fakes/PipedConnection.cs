using System.IO.Pipelines;
using CriAttach.Gateway.Cluster.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Gateway.Tests.Fakes;

/// <summary>A watched connection whose other end is the test.</summary>
internal sealed class PipedConnection
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Pipe _toSilo = new();
    private readonly Pipe _toClient = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly DefaultConnectionContext _connection;
    private readonly Task _running;

    public PipedConnection(ClientConnections connections)
    {
        var builder = new ConnectionBuilder(new ServiceCollection().BuildServiceProvider());
        connections.Watch(builder);
        builder.Run(_ => _over.Task);
        _connection = new DefaultConnectionContext("1", new Duplex(_toClient.Reader, _toSilo.Writer), new Duplex(_toSilo.Reader, _toClient.Writer));
        _connection.ConnectionClosed.Register(_closed.SetResult);
        _running = builder.Build()(_connection);
    }

    /// <summary>Gets what completes when it has been broken off.</summary>
    public Task Closed => _closed.Task;

    /// <summary>Lets time pass, in which the client asks again and again, until it has been broken off.</summary>
    public async Task ClosedOnceAsync(FakeTimeProvider time, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!Closed.IsCompleted)
        {
            await SendAsync(patience.Token);
            time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
        }
    }

    /// <summary>It is over, in good order.</summary>
    public Task EndAsync()
    {
        _over.SetResult();
        return _running;
    }

    /// <summary>The client asks.</summary>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        await _connection.Transport.Output.WriteAsync(new byte[] { 1 }, cancellationToken);
        var sent = await _toSilo.Reader.ReadAsync(cancellationToken);
        Assert.Equal(1, sent.Buffer.FirstSpan[0]);
        _toSilo.Reader.AdvanceTo(sent.Buffer.End);
    }

    /// <summary>The silo answers.</summary>
    public async Task HearAsync(CancellationToken cancellationToken)
    {
        await _toClient.Writer.WriteAsync(new byte[] { 2 }, cancellationToken);
        var heard = await _connection.Transport.Input.ReadAsync(cancellationToken);
        Assert.Equal(2, heard.Buffer.FirstSpan[0]);
        _connection.Transport.Input.AdvanceTo(heard.Buffer.End);
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
