using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Directory;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CriAttach.Grains.Directory;

/// <summary>Keeps this node's containers in the directory: at once when one comes, and by lease against forgetful shards.</summary>
internal sealed partial class DirectoryRegistrar(
    INodeAgent agent,
    IGrainFactory grains,
    ILocalSiloDetails silo,
    TimeProvider clock,
    ILogger<DirectoryRegistrar> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Brings every shard to the state of this node. A shard that is out of reach gets it with a later renewal.</summary>
    public async Task PublishAsync()
    {
        var lease = new DirectoryLease { Node = agent.Name, Incarnation = silo.SiloAddress.Generation, Revision = agent.Revision };
        var byShard = agent.Containers
            .SelectMany(container => References.Of(container.Info))
            .ToLookup(entry => DirectoryShard.Of(entry.Reference));
        await Task.WhenAll(Enumerable.Range(0, DirectoryShard.Count).Select(shard => PublishAsync(shard, lease, [.. byShard[shard]]))).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            await PublishAsync().ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private async Task PublishAsync(int shard, DirectoryLease lease, DirectoryEntry[] entries)
    {
        var grain = grains.GetGrain<IDirectoryGrain>(shard);
        try
        {
            if (!await grain.RenewAsync(lease).ConfigureAwait(false))
            {
                await grain.RegisterAsync(lease, entries).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Whatever it is: one shard must not keep the others from being told, nor end the silo.
            Log.ShardUnreachable(logger, shard, fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Shard {Shard} of the directory could not be reached; it will be told again", EventName = "ShardUnreachable")]
        public static partial void ShardUnreachable(ILogger logger, int shard, Exception fault);
    }
}
