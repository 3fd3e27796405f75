using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>
/// Answers <c>/attach/{token}</c> as the Kubernetes library does: the token, which is used up from here on, then the upgrade.
/// The token alone is the right to attach: Host, Origin and Authorization are not looked at.
/// </summary>
/// <param name="claimer">Claims sessions.</param>
/// <param name="upgrades">The protocols, in the order in which they are asked.</param>
/// <param name="registry">The sessions.</param>
/// <param name="services">What all sessions share.</param>
/// <param name="logger">The log.</param>
internal sealed partial class AttachEndpoint(
    SessionClaimer claimer, IEnumerable<IAttachUpgrade> upgrades, SessionRegistry registry, SessionServices services, ILogger<AttachEndpoint> logger)
{
    /// <summary>The path before the token.</summary>
    public const string PathPrefix = "/attach/";

    private readonly IAttachUpgrade[] _upgrades = [.. upgrades];

    /// <summary>Answers a request, and serves its session until the end.</summary>
    /// <param name="context">The request.</param>
    /// <param name="token">The token in its path.</param>
    public async Task HandleAsync(HttpContext context, string token)
    {
        try
        {
            if (await claimer.ClaimAsync(token, context.RequestAborted) is not { } claimed
                || claimed.Claim.Outcome != ClaimOutcome.Claimed)
            {
                await PlainText.NotFoundAsync(context.Response);
                return;
            }

            await ServeAsync(context, claimed.Key, claimed.Claim);
        }
        catch (CriAttachException fault)
        {
            Log.Unavailable(logger, fault);
            await PlainText.AnswerAsync(context.Response, StatusCodes.Status503ServiceUnavailable, fault.Message);
        }
    }

    private async Task ServeAsync(HttpContext context, SessionKey key, ClaimResult claim)
    {
        ISessionTransport? transport = null;
        try
        {
            // The last one takes all that the others do not.
            transport = await _upgrades.First(one => one.Matches(context.Request)).UpgradeAsync(context);
        }
        finally
        {
            if (transport is null)
            {
                // The token is used up, whatever was wrong with the request.
                await services.Calls.EndAsync(key, EndCause.ProtocolFault);
            }
        }

        if (transport is not null)
        {
            await using (transport)
            {
                await registry.RunAsync(new AttachSession(key, claim, transport, services));
            }
        }
    }
}
