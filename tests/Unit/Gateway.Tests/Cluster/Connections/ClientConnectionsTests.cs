using System.IO.Pipelines;
using CriAttach.Gateway.Cluster.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Gateway.Tests.Cluster.Connections;

public sealed class ClientConnectionsTests
{
    private static readonly TimeSpan TooLong = ClientConnections.Limit + TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly Pipe _toSilo = new();
    private readonly Pipe _toClient = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ClientConnections _connections;
    private readonly DefaultConnectionContext _connection;
    private readonly Task _running;

    public ClientConnectionsTests()
    {
        _connections = new ClientConnections(_time);
        var builder = new ConnectionBuilder(new ServiceCollection().BuildServiceProvider());
        _connections.Watch(builder);
        builder.Run(_ => _over.Task);
        _connection = new DefaultConnectionContext("1", new Duplex(_toClient.Reader, _toSilo.Writer), new Duplex(_toSilo.Reader, _toClient.Writer));
        _running = builder.Build()(_connection);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SentAndNothingCame_IsBrokenOffAfterTheLimit()
    {
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = _connection.ConnectionClosed.Register(closed.SetResult);
        await SendAsync();
        _time.Advance(ClientConnections.Limit);
        Assert.Equal(0, _connections.BreakOffSilent());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _connections.BreakOffSilent());
        await closed.Task.WaitAsync(Ct);
    }

    [Fact]
    public async Task SentAgainMeanwhile_TheFirstCounts()
    {
        await SendAsync();
        _time.Advance(ClientConnections.Limit);
        await SendAsync();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, _connections.BreakOffSilent());
    }

    [Fact]
    public void NothingSent_OwesNothing()
    {
        _time.Advance(TooLong);
        Assert.Equal(0, _connections.BreakOffSilent());
    }

    [Fact]
    public async Task SomethingCame_OwesNothing()
    {
        await SendAsync();
        _time.Advance(TooLong);
        await HearAsync();
        Assert.Equal(0, _connections.BreakOffSilent());
        await SendAsync();
        Assert.Equal(0, _connections.BreakOffSilent());
        _time.Advance(TooLong);
        Assert.Equal(1, _connections.BreakOffSilent());
    }

    [Fact]
    public async Task Over_IsForgotten()
    {
        await SendAsync();
        _time.Advance(TooLong);
        _over.SetResult();
        await _running.WaitAsync(Ct);
        Assert.Equal(0, _connections.BreakOffSilent());
    }

    private async Task SendAsync()
    {
        await _connection.Transport.Output.WriteAsync(new byte[] { 1 }, Ct);
        var sent = await _toSilo.Reader.ReadAsync(Ct);
        Assert.Equal(1, sent.Buffer.FirstSpan[0]);
        _toSilo.Reader.AdvanceTo(sent.Buffer.End);
    }

    private async Task HearAsync()
    {
        await _toClient.Writer.WriteAsync(new byte[] { 2 }, Ct);
        var heard = await _connection.Transport.Input.ReadAsync(Ct);
        Assert.Equal(2, heard.Buffer.FirstSpan[0]);
        _connection.Transport.Input.AdvanceTo(heard.Buffer.End);
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
