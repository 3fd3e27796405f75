using System.Net;
using CriAttach.Interfaces.Clustering;

namespace CriAttach.Gateway.Hosting;

/// <summary>How the ordinary client finds the cluster.</summary>
internal static class ClusteringSetup
{
    private static readonly IPEndPoint DefaultGateway = new(IPAddress.Loopback, 30000);

    /// <summary>Configures the client.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="options">The cluster.</param>
    /// <exception cref="NotSupportedException">The provider is not built in.</exception>
    public static void UseCluster(this IClientBuilder builder, ClusterOptions options)
    {
        switch (options.Provider)
        {
            case ClusterProvider.Development:
                builder.UseStaticClustering([.. options.Gateways.Select(IPEndPoint.Parse).DefaultIfEmpty(DefaultGateway)]);
                break;
            case ClusterProvider.Redis:
                builder.UseRedisClustering(options.ConnectionString);
                break;
            case ClusterProvider.PostgreSql:
                builder.UseAdoNetClustering(database =>
                {
                    database.Invariant = "Npgsql";
                    database.ConnectionString = options.ConnectionString;
                });
                break;
            default:
                throw new NotSupportedException($"{ClusterOptions.Section}:Provider={options.Provider} is not built in");
        }
    }
}
