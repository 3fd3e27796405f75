using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Sessions;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Streaming;

/// <summary>Claims sessions for connections. A lost answer is asked for again with the same nonce, so that no token is burnt by the network.</summary>
/// <param name="nodes">The direct clients.</param>
/// <param name="membership">The nodes.</param>
/// <param name="identity">This gateway.</param>
/// <param name="logger">The log.</param>
internal sealed partial class SessionClaimer(
    NodeClients nodes, Membership membership, IOptions<GatewayIdentity> identity, ILogger<SessionClaimer> logger)
{
    private const int Tries = 3;

    /// <summary>Claims the session of a token for a connection.</summary>
    /// <param name="token">The token.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The session and what the claim said; none when no token looks like this.</returns>
    /// <exception cref="NodeUnavailableException">The session's node is out of reach.</exception>
    public async Task<(SessionKey Key, ClaimResult Claim)?> ClaimAsync(string token, CancellationToken cancellationToken)
    {
        if (!AttachToken.TryParse(token, out var tag))
        {
            return null;
        }

        var node = membership.Current.FindByTag(tag)
            ?? (await membership.RefreshAsync(cancellationToken)).FindByTag(tag)
            ?? throw new NodeUnavailableException("the node that issued the token is not active");
        var key = SessionKey.ForToken(node.Name, token);
        var request = new ClaimRequest { Nonce = Guid.NewGuid(), Gateway = identity.Value.Name };
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var lease = await nodes.RentAsync(node.Name, cancellationToken);
                return (key, await lease.Client.GetGrain<ISessionGrain>(key.ToString()).ClaimAsync(request));
            }
            catch (Exception fault) when (fault is TimeoutException or OrleansException)
            {
                Log.ClaimFailed(logger, key.Id, attempt, fault);
                if (attempt == Tries)
                {
                    throw new NodeUnavailableException($"the node '{node.Name}' does not answer");
                }

                await membership.RefreshAsync(cancellationToken);
            }
        }
    }
}
