using CriAttach.Gateway.Cluster.Connections;
using CriAttach.Gateway.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Gateway.Tests.Cluster;

public sealed class NodeClientsTests
{
    // As the fake cluster numbers them.
    private const int PortOfFirst = 2000;
    private const int PortOfSecond = 2001;
    private const int Ordinary = 0;

    private readonly FakeTimeProvider _time = new();
    private readonly FakeCluster _cluster;

    public NodeClientsTests() => _cluster = new FakeCluster(_time) { Nodes = { ["n1"] = _ => Task.CompletedTask, ["n2"] = _ => Task.CompletedTask } };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NoAnswerInTime_SilentConnectionsToTheNodeAreMadeAnewAndThoseToOthersAreLeft()
    {
        await using var gateway = await FakeGateway.ReachAsync(_cluster, _time);
        using var first = await gateway.Clients.RentAsync("n1", Ct);
        using var second = await gateway.Clients.RentAsync("n2", Ct);
        var connections = await SilentAsync(PortOfFirst, PortOfSecond, Ordinary);

        var asking = gateway.Clients.AskAsync<int>("n1", _ => throw new TimeoutException(), Ct);
        await connections[PortOfFirst].ClosedOnceAsync(_time, Ct);
        await connections[Ordinary].ClosedOnceAsync(_time, Ct);
        await Assert.ThrowsAsync<TimeoutException>(() => asking.WaitAsync(Ct));
        Assert.False(connections[PortOfSecond].Closed.IsCompleted);
    }

    [Fact]
    public async Task RefusalInTime_LeavesConnectionsAsTheyAre()
    {
        await using var gateway = await FakeGateway.ReachAsync(_cluster, _time);
        using var first = await gateway.Clients.RentAsync("n1", Ct);
        var connections = await SilentAsync(PortOfFirst, Ordinary);

        var asking = gateway.Clients.AskAsync<int>("n1", _ => throw new SiloUnavailableException(), Ct);
        await Assert.ThrowsAsync<SiloUnavailableException>(() => asking.WaitAsync(Ct));
        _time.Advance(ClientConnections.Grace * 2);
        Assert.DoesNotContain(connections.Values, connection => connection.Closed.IsCompleted);
    }

    [Fact]
    public async Task MembershipIsAskedForInVain_SilentConnectionOfTheOrdinaryClientIsMadeAnew()
    {
        await using var gateway = await FakeGateway.ReachAsync(_cluster, _time);
        var connections = await SilentAsync(Ordinary);
        _cluster.IsMembershipSilent = true;

        var asking = gateway.Membership.RefreshAsync(Ct);
        await connections[Ordinary].ClosedOnceAsync(_time, Ct);
        await asking.WaitAsync(Ct);
    }

    /// <summary>Connections that have owed an answer for longer than they may, and were asked again.</summary>
    private async Task<Dictionary<int, PipedConnection>> SilentAsync(params int[] ports)
    {
        var connections = ports.ToDictionary(port => port, port => new PipedConnection(_cluster.Connections[port]));
        await AskAsync(connections);
        _time.Advance(ClientConnections.Limit + TimeSpan.FromMilliseconds(1));
        await AskAsync(connections);
        return connections;
    }

    private static async Task AskAsync(Dictionary<int, PipedConnection> connections)
    {
        foreach (var connection in connections.Values)
        {
            await connection.SendAsync(Ct);
        }
    }
}
