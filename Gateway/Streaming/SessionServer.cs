using CriAttach.Interfaces.Sessions;
using CriAttach.Wire.Channels;

namespace CriAttach.Gateway.Streaming;

/// <summary>Upgrades the requests of claimed sessions, and serves the sessions until their end.</summary>
/// <param name="upgrades">The protocols, in the order in which they are asked.</param>
/// <param name="registry">The sessions.</param>
/// <param name="services">What all sessions share.</param>
internal sealed class SessionServer(IEnumerable<IAttachUpgrade> upgrades, SessionRegistry registry, SessionServices services)
{
    private const string InputHeader = "X-CriAttach-Input";

    private readonly IAttachUpgrade[] _upgrades = [.. upgrades];

    /// <summary>Answers a request, and serves its session until the end.</summary>
    /// <param name="context">The request.</param>
    /// <param name="claimed">The session.</param>
    public async Task ServeAsync(HttpContext context, ClaimedSession claimed)
    {
        if (claimed.Claim is { Streams.Stdin: true, Share.MayType: false })
        {
            // All that a standard protocol can say before its first byte.
            context.Response.Headers[InputHeader] = "discarded";
        }

        ISessionTransport? transport = null;
        try
        {
            // The last one takes all that the others do not.
            transport = await _upgrades.First(one => one.Matches(context.Request)).UpgradeAsync(
                context, claimed.ResumeToken.Length > 0 ? StreamProtocol.Resume : null);
        }
        finally
        {
            if (transport is null)
            {
                // The token is used up, whatever was wrong with the request; a session that has begun before waits for a better one.
                await services.Calls.LeaveAsync(claimed, claimed.IsResumed ? EndCause.ClientGone : EndCause.ProtocolFault);
            }
        }

        if (transport is not null)
        {
            await using (transport)
            {
                await registry.RunAsync(new AttachSession(claimed, transport, services));
            }
        }
    }
}
