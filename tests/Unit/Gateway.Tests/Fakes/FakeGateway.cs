using CriAttach.Gateway.Cluster;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Gateway.Tests.Fakes;

/// <summary>What a gateway has of a cluster that it has reached.</summary>
internal sealed class FakeGateway : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private FakeGateway(FakeCluster cluster, FakeTimeProvider time)
    {
        Connection = new ClusterConnection(cluster, time, NullLogger<ClusterConnection>.Instance);
        Membership = new Membership(Connection, time, NullLogger<Membership>.Instance);
        Clients = new NodeClients(Connection, Membership, cluster, time, NullLogger<NodeClients>.Instance);
    }

    public ClusterConnection Connection { get; }

    public Membership Membership { get; }

    public NodeClients Clients { get; }

    /// <summary>Starts the ordinary client, and waits until it is connected.</summary>
    public static async Task<FakeGateway> ReachAsync(FakeCluster cluster, FakeTimeProvider time)
    {
        FakeGateway gateway = new(cluster, time);
        await gateway.Connection.StartAsync(CancellationToken.None);
        using var patience = new CancellationTokenSource(Patience);
        while (!gateway.Connection.IsConnected)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return gateway;
    }

    /// <summary>Questions to this cluster.</summary>
    public ClusterQueries Queries(FakeTimeProvider time, ILogger<ClusterQueries> logger) => new(Membership, Clients, Connection, time, logger);

    public async ValueTask DisposeAsync()
    {
        await Clients.DisposeAsync();
        await Connection.StopAsync(CancellationToken.None);
        Connection.Dispose();
        Membership.Dispose();
    }
}
