using CriAttach.Testing.Processes;

namespace CriAttach.ChaosRunner;

/// <summary>All faults.</summary>
/// <param name="scale">By what the durations of the long ones are multiplied.</param>
internal sealed class ChaosFaults(double scale)
{
    /// <summary>Gets them.</summary>
    public IReadOnlyList<ChaosFault> All => [
        new("gateway-kill", (cluster, load) => cluster.EndAsync(cluster.Gateway(load.At), kindly: false)),
        new("gateway-roll", RollAsync),
        new("restart-each", RestartEachAsync, Clients: 4),
        new("silo-kill", (cluster, _) => cluster.EndAsync(cluster.Silo, kindly: false)),
        new("silo-upgrade", (cluster, _) => cluster.EndAsync(cluster.Silo, kindly: true)),
        new("tcp-reset-client", (_, load) => ResetAsync(Environment.ProcessId, load.At)),
        new("tcp-reset-cluster", (cluster, load) => ResetAsync(cluster.Gateway(load.At).Id, $"x:{cluster.Silo.Settings["CriAttach:Cluster:GatewayPort"]}")),
        new($"partition-{Seconds(30)}s", (_, _) => PartitionAsync(Seconds(30))),
        new($"partition-{Seconds(60)}s", (_, _) => PartitionAsync(Seconds(60))),
        new($"gateway-cut-{Seconds(30)}s", CutGatewayAsync),
        new($"store-down-{Seconds(60)}s", StoreDownAsync),
        new($"silo-freeze-{Seconds(20)}s", FreezeAsync),
    ];

    private int Seconds(int full) => Math.Max(1, (int)(full * scale));

    /// <summary>Both gateways, one after the other, as an upgrade does.</summary>
    private static async Task RollAsync(ChaosCluster cluster, ChaosLoad load)
    {
        foreach (var gateway in cluster.Processes.Gateways)
        {
            await cluster.EndAsync(gateway.Host, kindly: true).ConfigureAwait(false);
            await cluster.Processes.ReadyAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Everything, one after the other, each when all clients are where they should be: also what is not the containers' or the clients'.</summary>
    private static async Task RestartEachAsync(ChaosCluster cluster, ChaosLoad load)
    {
        foreach (var host in cluster.Processes.Hosts)
        {
            await cluster.EndAsync(host, kindly: true).ConfigureAwait(false);
            await cluster.Processes.ReadyAsync().ConfigureAwait(false);
            await load.CaughtUpAsync().ConfigureAwait(false);
        }

        await cluster.Store.StopAsync().ConfigureAwait(false);
        await load.FlowsAsync().ConfigureAwait(false);
        await cluster.Store.RestartAsync().ConfigureAwait(false);
    }

    private static Task ResetAsync(int pid, string authority)
    {
        var port = int.Parse(authority[(authority.LastIndexOf(':') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        TcpCut.Connections(pid, port);
        return Task.CompletedTask;
    }

    private static async Task PartitionAsync(int seconds)
    {
        await ChaosNetwork.CutAsync(ChaosCluster.Node, cut: true).ConfigureAwait(false);
        await WaitAsync(seconds).ConfigureAwait(false);
        await ChaosNetwork.CutAsync(ChaosCluster.Node, cut: false).ConfigureAwait(false);
    }

    private async Task CutGatewayAsync(ChaosCluster cluster, ChaosLoad load)
    {
        var gateway = cluster.Gateway(load.At).Name;
        await cluster.Network.CutAsync(gateway, ChaosCluster.Node, cut: true).ConfigureAwait(false);
        await WaitAsync(Seconds(30)).ConfigureAwait(false);
        await cluster.Network.CutAsync(gateway, ChaosCluster.Node, cut: false).ConfigureAwait(false);
    }

    private async Task StoreDownAsync(ChaosCluster cluster, ChaosLoad load)
    {
        await cluster.Store.StopAsync().ConfigureAwait(false);
        await WaitAsync(Seconds(60)).ConfigureAwait(false);
        await cluster.Store.RestartAsync().ConfigureAwait(false);
    }

    private async Task FreezeAsync(ChaosCluster cluster, ChaosLoad load)
    {
        cluster.Silo.Suspend();
        await WaitAsync(Seconds(20)).ConfigureAwait(false);
        cluster.Silo.Resume();
    }

    /// <summary>The length of the fault is its subject.</summary>
    private static Task WaitAsync(int seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System);
}
