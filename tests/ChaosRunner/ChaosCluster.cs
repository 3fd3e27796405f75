using CriAttach.Testing.Processes;
using CriAttach.Testing.Stores;

namespace CriAttach.ChaosRunner;

/// <summary>Two silos, two gateways and their membership store, and a supervisor that starts again what dies.</summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    /// <summary>The node of the container.</summary>
    public const string Node = "n2";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<HostProcess> _left = [];
    private Task _supervising = Task.CompletedTask;

    private ChaosCluster(ChaosNetwork network, RedisServer store, CriAttachProcesses processes) => (Network, Store, Processes) = (network, store, processes);

    /// <summary>Gets the network.</summary>
    public ChaosNetwork Network { get; }

    /// <summary>Gets the membership store.</summary>
    public RedisServer Store { get; }

    /// <summary>Gets the silos and gateways.</summary>
    public CriAttachProcesses Processes { get; }

    /// <summary>Gets the silo of the container.</summary>
    public HostProcess Silo => Processes.Silos[1];

    /// <summary>Starts everything.</summary>
    public static async Task<ChaosCluster> StartAsync()
    {
        var network = await ChaosNetwork.CreateAsync("n1", "n2", "g1", "g2").ConfigureAwait(false);
        var store = await RedisServer.StartAsync(address: ChaosNetwork.Here).ConfigureAwait(false);
        CriAttachProcessesOptions options = new()
        {
            Silos = 2,
            Gateways = 2,
            Runtime = "conmon",
            Storage = ClusterStorage.Redis(store.ConnectionString),
            Network = network.Of,
            IsSupervised = true,
            SiloSettings = new Dictionary<string, string>
            {
                // A minute's output of a fast container fits into its log.
                ["CriAttach:Conmon:LogMaxBytes"] = "536870912",
                ["CriAttach:Conmon:LogMaxFiles"] = "12",
            },
            GatewaySettings = new Dictionary<string, string>
            {
                ["CriAttach:Gateway:StreamAllowPlain"] = "true",
                ["CriAttach:Gateway:NodeGrace"] = "00:03:00",
            },
        };
        var processes = await CriAttachProcesses.StartAsync(options).ConfigureAwait(false);
        ChaosCluster cluster = new(network, store, processes);
        cluster._supervising = Task.Run(cluster.SuperviseAsync);
        return cluster;
    }

    /// <summary>The gateway of an authority.</summary>
    /// <param name="authority">Its address and port.</param>
    public HostProcess Gateway(string authority) => Processes.Gateways.Single(gateway => gateway.StreamAuthority == authority).Host;

    /// <summary>Ends a process; the supervisor starts it again.</summary>
    /// <param name="host">The process.</param>
    /// <param name="kindly">Whether it is asked to end, or killed.</param>
    public async Task EndAsync(HostProcess host, bool kindly)
    {
        Leave(host, alone: true);
        await (kindly ? host.TerminateAsync(Patience) : host.KillAsync()).ConfigureAwait(false);
        Leave(host, alone: false);
        await Until.TrueAsync(() => host.IsRunning, Patience, $"the supervisor started {host.Name}").ConfigureAwait(false);
    }

    private void Leave(HostProcess host, bool alone)
    {
        lock (_left)
        {
            _ = alone ? _left.Add(host) : _left.Remove(host);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _supervising.ConfigureAwait(false);
        await Processes.DisposeAsync().ConfigureAwait(false);
        await Store.DisposeAsync().ConfigureAwait(false);
        await Network.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task SuperviseAsync()
    {
        using PeriodicTimer timer = new(Period);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                foreach (var host in Processes.Hosts)
                {
                    bool isLeft;
                    lock (_left)
                    {
                        isLeft = _left.Contains(host);
                    }

                    if (!host.IsRunning && !isLeft)
                    {
                        await host.StartAsync().ConfigureAwait(false);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }
}
