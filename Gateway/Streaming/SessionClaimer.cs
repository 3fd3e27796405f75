using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Streaming.Resume;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Sessions;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Streaming;

/// <summary>Claims sessions for connections. A lost answer is asked for again with the same nonce, so that no token is burnt by the network.</summary>
/// <param name="nodes">The direct clients.</param>
/// <param name="membership">The nodes.</param>
/// <param name="identity">This gateway.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class SessionClaimer(
    NodeClients nodes, Membership membership, IOptions<GatewayIdentity> identity, TimeProvider time, ILogger<SessionClaimer> logger)
{
    // While the membership settles after a death, calls to healthy nodes can be refused at once; that passes within seconds.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>Claims the session of a token for a connection.</summary>
    /// <param name="token">The token.</param>
    /// <param name="resume">What the client can do; null where its session ends with the connection.</param>
    /// <param name="wish">What it asks for; null for nothing.</param>
    /// <param name="client">By what others know it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The session and what the claim said; none when no token looks like this.</returns>
    /// <exception cref="NodeUnavailableException">The session's node is out of reach.</exception>
    public async Task<ClaimedSession?> ClaimAsync(
        string token, ResumeWish? resume, AttachWish? wish, ClientLabel client, CancellationToken cancellationToken)
    {
        if (!AttachToken.TryParse(token, out var tag))
        {
            return null;
        }

        var node = await FindAsync(tag, cancellationToken);
        var key = SessionKey.ForToken(node.Name, token);
        var next = resume is null ? "" : AttachToken.Create(node.Name);
        var request = new ClaimRequest
        {
            Nonce = Guid.NewGuid(),
            Gateway = identity.Value.Name,
            ResumeId = resume is null ? "" : SessionKey.ForToken(node.Name, next).Id,
            From = resume?.From,
            Wish = wish,
            Client = client.Name,
            Address = client.Address,
        };
        var since = time.GetTimestamp();
        for (var (attempt, pause) = (1, FirstPause); ; attempt++)
        {
            try
            {
                if (attempt > 1)
                {
                    await membership.RefreshAsync(cancellationToken);
                }

                var claim = await nodes.AskAsync(node.Name, silo => silo.GetGrain<ISessionGrain>(key.ToString()).ClaimAsync(request), cancellationToken);
                var session = claim.SessionId.Length > 0 ? SessionKey.For(node.Name, claim.SessionId) : key;
                return new ClaimedSession(session, claim, request.Nonce, claim.ResumeWindow > TimeSpan.Zero ? next : "", resume?.From is not null,
                    IsHeard: claim.Share is not null || wish?.Role != SessionRole.Observer);
            }
            catch (Exception fault) when (fault is not OperationCanceledException and not CriAttachException)
            {
                Log.ClaimFailed(logger, key.Id, attempt, fault);
                if (time.GetElapsedTime(since) > Patience)
                {
                    throw new NodeUnavailableException($"the node '{node.Name}' does not answer: {fault.Message}");
                }

                await Task.Delay(pause, time, cancellationToken);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private async Task<ClusterNode> FindAsync(string tag, CancellationToken cancellationToken)
    {
        if (membership.Current.FindByTag(tag) is { } known)
        {
            return known;
        }

        try
        {
            return (await membership.RefreshAsync(cancellationToken)).FindByTag(tag)
                ?? throw new NodeUnavailableException("the node that issued the token is not active");
        }
        catch (Exception fault) when (fault is not OperationCanceledException and not CriAttachException)
        {
            throw new NodeUnavailableException($"the membership cannot be read: {fault.Message}");
        }
    }
}
