using CriAttach.Gateway.Streaming.Resume;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>
/// Answers <c>/attach/{token}</c> as the Kubernetes library does: the token, which is used up from here on, then the upgrade.
/// The token alone is the right to attach: Host, Origin and Authorization are not looked at.
/// </summary>
/// <param name="claimer">Claims sessions.</param>
/// <param name="server">Serves them.</param>
/// <param name="live">The sessions that are served now.</param>
/// <param name="logger">The log.</param>
internal sealed partial class AttachEndpoint(SessionClaimer claimer, SessionServer server, LiveSessions live, ILogger<AttachEndpoint> logger)
{
    /// <summary>The path before the token.</summary>
    public const string PathPrefix = "/attach/";

    /// <summary>Answers a request, and serves its session until the end.</summary>
    /// <param name="context">The request.</param>
    /// <param name="token">The token in its path.</param>
    public async Task HandleAsync(HttpContext context, string token)
    {
        try
        {
            AttachWish? wish = null;
            if ((ResumeWish.Read(context.Request, out var resume) ?? WishReader.Read(context.Request, out wish)) is { } wrong)
            {
                await PlainText.AnswerAsync(context.Response, StatusCodes.Status400BadRequest, wrong);
                return;
            }

            if (live.IsDraining)
            {
                // The token is left for another gateway.
                throw new GatewayDrainingException();
            }

            if (await claimer.ClaimAsync(token, resume, wish, ClientLabel.Of(context), context.RequestAborted) is not { Claim.Outcome: ClaimOutcome.Claimed } claimed)
            {
                await PlainText.NotFoundAsync(context.Response);
                return;
            }

            await server.ServeAsync(context, claimed);
        }
        catch (CriAttachException fault)
        {
            Log.Unavailable(logger, fault);
            await PlainText.AnswerAsync(context.Response, StatusCodes.Status503ServiceUnavailable, fault.Message);
        }
    }
}
