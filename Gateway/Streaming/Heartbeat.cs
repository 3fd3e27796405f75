using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Streaming.Output;
using CriAttach.Interfaces.Sessions;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Streaming;

/// <summary>The one timer behind all sessions: leases, slow readers, idle sessions, idle clients. Sessions have none of their own.</summary>
/// <param name="registry">The sessions.</param>
/// <param name="leases">The leases.</param>
/// <param name="outputs">The shared outputs.</param>
/// <param name="nodes">The direct clients.</param>
/// <param name="options">The options.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class Heartbeat(
    SessionRegistry registry,
    SessionLeases leases,
    SharedOutputs outputs,
    NodeClients nodes,
    IOptions<StreamingOptions> options,
    TimeProvider time,
    ILogger<Heartbeat> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        var end = time.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50), time);
        while (registry.All.Count > 0 && time.GetElapsedTime(end) < options.Value.DrainTimeout)
        {
            foreach (var session in registry.All)
            {
                session.TryEnd(EndCause.GatewayDraining);
            }

            await timer.WaitForNextTickAsync(cancellationToken);
        }

        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                leases.Tick();
                await outputs.TickAsync();
                foreach (var session in registry.All.Where(session => session.IdleFor > options.Value.IdleTimeout))
                {
                    session.TryEnd(EndCause.IdleTimeout);
                }

                await nodes.SweepAsync();
            }
            catch (Exception fault)
            {
                Log.Failed(logger, fault);
            }
        }
    }
}
