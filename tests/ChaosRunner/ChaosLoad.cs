using CriAttach.Testing.Processes;
using CriAttach.Testing.Resume;

namespace CriAttach.ChaosRunner;

/// <summary>The clients of a row, each with a container of its own, which share the rate.</summary>
internal sealed class ChaosLoad : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly List<ResumableLoad> _clients = [];
    private readonly List<Pid1Watch> _watches = [];
    private readonly long _second;

    private ChaosLoad(long second) => _second = second;

    /// <summary>Gets the authority of the gateway that serves the first client now.</summary>
    public string At => _clients[0].At;

    /// <summary>Gets what clients were told of interruptions.</summary>
    public IEnumerable<string> Notices => _clients.SelectMany(client => client.Notices);

    /// <summary>Gets the longest time in which a container's PID 1 got nothing written.</summary>
    public TimeSpan LongestStop => _watches.Max(watch => watch.Longest);

    /// <summary>Starts the containers, the first on the node that is to break, and attaches by all gateways.</summary>
    /// <param name="processes">Silos and gateways.</param>
    /// <param name="count">How many.</param>
    /// <param name="rate">How many megabytes a second they write in all.</param>
    public static async Task<ChaosLoad> StartAsync(CriAttachProcesses processes, int count, int rate)
    {
        var each = Math.Max(1, rate / count);
        ChaosLoad load = new(each * 1_000_000L);
        try
        {
            for (var number = 0; number < count; number++)
            {
                var node = number % 2 == 0 ? ChaosCluster.Node : processes.Silos[0].Name;
                load._clients.Add(await ResumableLoad.StartAsync(processes, node, each, number % processes.Gateways.Count).ConfigureAwait(false));
                load._watches.Add(new Pid1Watch(load._clients[^1].Container.View.LogPath));
            }

            return load;
        }
        catch
        {
            await load.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits for a second's worth of output at each client.</summary>
    public async Task FlowsAsync()
    {
        foreach (var client in _clients)
        {
            await client.MoreAsync(_second, Patience).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until each client is where its PID 1 is, and has had a second's worth since.</summary>
    public async Task CaughtUpAsync()
    {
        foreach (var client in _clients)
        {
            await client.CaughtUpAsync(_second, Patience).ConfigureAwait(false);
        }
    }

    /// <summary>Stops typing, and gives the account of all.</summary>
    public async Task<LoadAccount> SettleAsync()
    {
        var sum = await _clients[0].SettleAsync().ConfigureAwait(false);
        foreach (var client in _clients.Skip(1))
        {
            sum += await client.SettleAsync().ConfigureAwait(false);
        }

        return sum;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var watch in _watches)
        {
            await watch.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var client in _clients)
        {
            await client.DisposeAsync().ConfigureAwait(false);
        }
    }
}
