using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Streaming.Output;
using CriAttach.Interfaces.Sessions;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Streaming;

/// <summary>The one timer behind all sessions: leases, slow readers, idle sessions, idle clients. Sessions have none of their own.</summary>
/// <param name="live">The sessions of all kinds.</param>
/// <param name="registry">The attach sessions.</param>
/// <param name="leases">The leases.</param>
/// <param name="outputs">The shared outputs.</param>
/// <param name="nodes">The direct clients.</param>
/// <param name="membership">The nodes.</param>
/// <param name="options">The options.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class Heartbeat(
    LiveSessions live,
    SessionRegistry registry,
    SessionLeases leases,
    SharedOutputs outputs,
    NodeClients nodes,
    Membership membership,
    IOptions<StreamingOptions> options,
    TimeProvider time,
    ILogger<Heartbeat> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

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
                EndOverdue();
                await nodes.SweepAsync();
            }
            catch (Exception fault)
            {
                Log.Failed(logger, fault);
            }
        }
    }

    private void EndOverdue()
    {
        live.EndIdle(options.Value.IdleTimeout);
        foreach (var session in registry.All)
        {
            if (membership.MissingFor(session.Key.Node) > options.Value.NodeGrace)
            {
                session.TryEnd(EndCause.NodeUnavailable);
            }
        }
    }
}
