using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Cluster.Connections;
using CriAttach.Gateway.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Gateway.Tests.Cluster;

public sealed class NodeClientsTests : IAsyncLifetime
{
    // As the fake cluster numbers them.
    private const int PortOfFirst = 2000;
    private const int PortOfSecond = 2001;
    private const int Ordinary = 0;

    private readonly FakeTimeProvider _time = new();
    private readonly FakeCluster _cluster;
    private readonly ClusterConnection _connection;
    private readonly Membership _membership;
    private readonly NodeClients _clients;

    public NodeClientsTests()
    {
        _cluster = new FakeCluster(_time) { Nodes = { ["n1"] = _ => Task.CompletedTask, ["n2"] = _ => Task.CompletedTask } };
        _connection = new ClusterConnection(_cluster, _time, NullLogger<ClusterConnection>.Instance);
        _membership = new Membership(_connection, _time, NullLogger<Membership>.Instance);
        _clients = new NodeClients(_connection, _membership, _cluster, _time, NullLogger<NodeClients>.Instance);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await FakeCluster.ReachAsync(_connection);

    public async ValueTask DisposeAsync()
    {
        await _clients.DisposeAsync();
        await _connection.StopAsync(CancellationToken.None);
        _connection.Dispose();
        _membership.Dispose();
    }

    [Fact]
    public async Task Doubted_SilentConnectionsToTheNodeAreMadeAnewAndThoseToOthersAreLeft()
    {
        using var first = await _clients.RentAsync("n1", Ct);
        using var second = await _clients.RentAsync("n2", Ct);
        var connections = new[] { PortOfFirst, PortOfSecond, Ordinary }.ToDictionary(port => port, port => new PipedConnection(_cluster.Connections[port]));
        await AskAsync(connections);
        _time.Advance(ClientConnections.Limit + TimeSpan.FromMilliseconds(1));
        await AskAsync(connections);

        var doubting = _clients.DoubtAsync("n1");
        await connections[PortOfFirst].ClosedOnceAsync(_time, Ct);
        await connections[Ordinary].ClosedOnceAsync(_time, Ct);
        await doubting.WaitAsync(Ct);
        Assert.False(connections[PortOfSecond].Closed.IsCompleted);
    }

    private static async Task AskAsync(Dictionary<int, PipedConnection> connections)
    {
        foreach (var connection in connections.Values)
        {
            await connection.SendAsync(Ct);
        }
    }
}
