using CriAttach.Gateway.Cluster.Connections;
using CriAttach.Gateway.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Gateway.Tests.Cluster.Connections;

public sealed class ClientConnectionsTests
{
    private static readonly TimeSpan TooLong = ClientConnections.Limit + TimeSpan.FromMilliseconds(1);

    private readonly FakeTimeProvider _time = new();
    private readonly ClientConnections _connections;
    private readonly PipedConnection _connection;

    public ClientConnectionsTests()
    {
        _connections = new ClientConnections(_time);
        _connection = new PipedConnection(_connections);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AskedAgainAndNothingCame_IsBrokenOff()
    {
        await OweAsync();
        var breaking = _connections.BreakOffSilentAsync();
        Assert.False(breaking.IsCompleted, "it has a moment yet");
        _time.Advance(ClientConnections.Grace);
        Assert.Equal(1, await breaking.WaitAsync(Ct));
        await _connection.Closed.WaitAsync(Ct);
    }

    [Fact]
    public async Task OwesNoLongerThanTheLimit_IsLeft()
    {
        await _connection.SendAsync(Ct);
        _time.Advance(ClientConnections.Limit);
        await _connection.SendAsync(Ct);
        Assert.Equal(0, await BreakOffAsync());
    }

    [Fact]
    public async Task OneCallThatLasts_IsNoReason()
    {
        await _connection.SendAsync(Ct);
        _time.Advance(2 * TooLong);
        Assert.Equal(0, await BreakOffAsync());
    }

    [Fact]
    public async Task NothingSent_OwesNothing()
    {
        _time.Advance(TooLong);
        Assert.Equal(0, await BreakOffAsync());
    }

    [Fact]
    public async Task SomethingCame_OwesNothing()
    {
        await OweAsync();
        await _connection.HearAsync(Ct);
        Assert.Equal(0, await BreakOffAsync());
        await _connection.SendAsync(Ct);
        Assert.Equal(0, await BreakOffAsync());
    }

    [Fact]
    public async Task AnswerIsReadAtTheLastMoment_IsLeft()
    {
        await OweAsync();
        var breaking = _connections.BreakOffSilentAsync();
        await _connection.HearAsync(Ct);
        await _connection.SendAsync(Ct);
        _time.Advance(ClientConnections.Grace);
        Assert.Equal(0, await breaking.WaitAsync(Ct));
    }

    [Fact]
    public async Task Over_IsForgotten()
    {
        await OweAsync();
        await _connection.EndAsync().WaitAsync(Ct);
        Assert.Equal(0, await BreakOffAsync());
    }

    /// <summary>It was asked, for too long nothing came, and it is asked again.</summary>
    private async Task OweAsync()
    {
        await _connection.SendAsync(Ct);
        _time.Advance(TooLong);
        await _connection.SendAsync(Ct);
    }

    private async Task<int> BreakOffAsync()
    {
        var breaking = _connections.BreakOffSilentAsync();
        _time.Advance(ClientConnections.Grace);
        return await breaking.WaitAsync(Ct);
    }
}
