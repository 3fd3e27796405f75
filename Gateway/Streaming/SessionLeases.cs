using System.Collections.Concurrent;
using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Nodes;
using CriAttach.Interfaces.Sessions;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Streaming;

/// <summary>Renews the sessions of this gateway: one call per node and second for all of them. What a node calls over is ended here, what it has to say is passed on.</summary>
/// <param name="registry">The sessions.</param>
/// <param name="nodes">The direct clients.</param>
/// <param name="membership">The nodes.</param>
/// <param name="identity">This gateway.</param>
/// <param name="logger">The log.</param>
internal sealed partial class SessionLeases(
    SessionRegistry registry, NodeClients nodes, Membership membership, IOptions<GatewayIdentity> identity, ILogger<SessionLeases> logger)
{
    private readonly ConcurrentDictionary<string, byte> _asking = new(StringComparer.Ordinal);

    /// <summary>Once a second: asks every node whose last answer is there.</summary>
    public void Tick()
    {
        foreach (var node in registry.All.GroupBy(session => session.Key.Node, StringComparer.Ordinal))
        {
            if (_asking.TryAdd(node.Key, 0))
            {
                _ = RenewAsync(node.Key, [.. node]);
            }
        }
    }

    private static void Tell(AttachSession session, SessionChange change)
    {
        if (change.Share is { } share)
        {
            session.Hear(share, change.Revision);
        }
        else if (change.Cause != EndCause.ContainerExited)
        {
            session.TryEnd(change.Cause, change.Message);
        }

        // A node that says a container exited is ahead of the output, which ends the session itself when all of it is delivered.
    }

    private async Task RenewAsync(string node, AttachSession[] sessions)
    {
        try
        {
            SessionLease lease = new()
            {
                Gateway = identity.Value.Name,
                Sessions = [.. sessions.Select(session => session.Key.Id)],
                Seen = [.. sessions.Select(session => session.ShareRevision)],
            };
            var changes = await nodes.AskAsync(node, client => client.GetGrain<INodeGrain>(node).RenewSessionsAsync(lease), CancellationToken.None);
            foreach (var change in changes)
            {
                // The one that was asked about: its client may have come back to this gateway meanwhile.
                if (Array.Find(sessions, session => session.Key.Id == change.Session) is { } session)
                {
                    Tell(session, change);
                }
            }
        }
        catch (Exception fault)
        {
            Log.RenewFailed(logger, node, sessions.Length, fault);
            _ = membership.RefreshAsync(CancellationToken.None);
        }
        finally
        {
            _asking.TryRemove(node, out _);
        }
    }
}
