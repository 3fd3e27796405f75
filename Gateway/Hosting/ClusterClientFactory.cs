using System.Net;
using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Cluster.Connections;
using CriAttach.Streams.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using ClusterOptions = CriAttach.Interfaces.Clustering.ClusterOptions;

namespace CriAttach.Gateway.Hosting;

/// <summary>Makes Orleans clients, each in a small host of its own.</summary>
/// <param name="options">The cluster.</param>
/// <param name="loggers">The logs; the clients write there too.</param>
/// <param name="time">The clock.</param>
internal sealed class ClusterClientFactory(IOptions<ClusterOptions> options, ILoggerFactory loggers, TimeProvider time) : IClusterClientFactory
{
    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan GatewayRefresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    // A silo that begins takes connections into its backlog seconds before it answers one, and a node behind a cut answers none: whoever gives up sooner is sooner there.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ConnectPause = TimeSpan.FromMilliseconds(500);

    /// <inheritdoc/>
    public IHost Create(IPEndPoint? gateway, Action<Exception>? obstacle) =>
        new HostBuilder()
            .ConfigureServices(services => services.AddSingleton(loggers).AddSingleton(time))
            .UseOrleansClient(builder => Configure(builder, gateway, obstacle))
            .Build();

    private void Configure(IClientBuilder builder, IPEndPoint? gateway, Action<Exception>? obstacle)
    {
        var cluster = options.Value;
        builder.Configure<Orleans.Configuration.ClusterOptions>(ids =>
        {
            ids.ClusterId = cluster.ClusterId;
            ids.ServiceId = cluster.ServiceId;
        });
        builder.Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
        builder.Configure<ConnectionOptions>(each => (each.OpenConnectionTimeout, each.ConnectionRetryDelay) = (ConnectTimeout, ConnectPause));
        var connections = new ClientConnections(time);
        builder.Services.AddSingleton(connections);
        builder.Configure<ClientConnectionOptions>(client => client.ConfigureConnection(connections.Watch));
        builder.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewayRefresh);
        if (gateway is null)
        {
            builder.UseCluster(cluster);
        }
        else
        {
            builder.UseStaticClustering(gateway);
        }

        if (obstacle is not null)
        {
            builder.UseConnectionRetryFilter(async (fault, cancellationToken) =>
            {
                obstacle(fault);
                await Task.Delay(RetryPause, time, cancellationToken);
                return true;
            });
        }

        builder.AddStdioStreams();
    }
}
