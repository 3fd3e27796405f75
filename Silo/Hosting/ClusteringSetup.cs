using System.Net;
using CriAttach.Interfaces.Clustering;
using CriAttach.Silo.Hosting.Clustering;

namespace CriAttach.Silo.Hosting;

/// <summary>How the silo finds the others.</summary>
internal static class ClusteringSetup
{
    /// <summary>Configures the silo.</summary>
    /// <exception cref="NotSupportedException">The provider is not built in.</exception>
    public static void UseCluster(this ISiloBuilder builder, ClusterOptions options)
    {
        switch (options.Provider)
        {
            case ClusterProvider.Development:
                builder.UseDevelopmentClustering(options.PrimarySilo.Length > 0 ? IPEndPoint.Parse(options.PrimarySilo) : null);
                break;
            case ClusterProvider.Redis:
                builder.UseRedisClustering(options.ConnectionString);
                break;
            case ClusterProvider.PostgreSql:
                builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(new PostgreSqlSchema(options.ConnectionString));
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
