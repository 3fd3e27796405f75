using CriAttach.Testing.Processes;
using CriAttach.Testing.Scenarios;
using CriAttach.Testing.Stores;

namespace CriAttach.Failures.Tests;

/// <summary>The cluster on Redis and on PostgreSQL, by configuration alone: silos join, one is killed under traffic, and comes back.</summary>
public sealed class MembershipStoreTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Redis_SiloIsKilledUnderTraffic_TheOthersGoOnAndItComesBack()
    {
        await using var redis = await RedisServer.StartAsync();
        await SurvivesAsync(ClusterStorage.Redis(redis.ConnectionString));
    }

    [Fact]
    public async Task PostgreSql_SiloIsKilledUnderTraffic_TheOthersGoOnAndItComesBack()
    {
        await using var database = await PostgreSqlServer.StartAsync();
        await SurvivesAsync(ClusterStorage.PostgreSql(database.ConnectionString));
    }

    private static async Task SurvivesAsync(ClusterStorage storage)
    {
        await using var processes = await CriAttachProcesses.StartAsync(
            new CriAttachProcessesOptions { Silos = 3, Gateways = 2, Runtime = "conmon", Storage = storage });
        await using var traffic = await Traffic.StartAsync(processes, "n2", "n3");
        await traffic.MoreAsync(200, Patience);

        // Without a store of its own the first silo would take the cluster with it.
        await processes.Silos[0].KillAsync();
        await traffic.MoreAsync(2000, Patience);
        await processes.RestartAsync(processes.Silos[0]);
        await using var back = await Traffic.StartAsync(processes, "n1");
        await back.MoreAsync(200, Patience);
        await back.StopAsync();
        await traffic.StopAsync();
    }
}
