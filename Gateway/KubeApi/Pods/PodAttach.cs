using CriAttach.Gateway.Streaming;
using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>Attaches in place: the session is issued and claimed here, and served on the request's own connection.</summary>
/// <param name="feed">The pods.</param>
/// <param name="issuer">Opens sessions.</param>
/// <param name="claimer">Claims sessions.</param>
/// <param name="server">Serves them.</param>
internal sealed class PodAttach(PodFeed feed, SessionIssuer issuer, SessionClaimer claimer, SessionServer server)
{
    /// <summary>Answers a request, and serves its session until the end.</summary>
    /// <param name="context">The request.</param>
    /// <param name="target">The pod.</param>
    /// <exception cref="KubeStatusException">The request asks for what cannot be.</exception>
    public async Task HandleAsync(HttpContext context, KubePath target)
    {
        var request = context.Request;
        var streams = Streams(request);
        if (StreamsCheck.Fault(streams) is { } fault)
        {
            throw new KubeStatusException(KubeStatus.BadRequest(fault));
        }

        if (WishReader.Read(request, out var wished) is { } wrong)
        {
            throw new KubeStatusException(KubeStatus.BadRequest(wrong));
        }

        var pod = (await feed.ReadAsync(context.RequestAborted)).Get(target.Namespace!, target.Name!);
        var container = pod.Container(request.Query["container"].ToString());
        if (request.Headers.Upgrade.Count == 0)
        {
            throw new KubeStatusException(KubeStatus.BadRequest("Upgrade request required"));
        }

        var wish = new OpenSessionRequest { SessionId = "", Streams = streams };
        var (token, session) = await issuer.IssueAsync(container.Info.Key, wish, context.RequestAborted);
        if (await claimer.ClaimAsync(token, resume: null, wished, ClientLabel.Of(context), context.RequestAborted) is not { Claim.Outcome: ClaimOutcome.Claimed } claimed)
        {
            throw new KubeStatusException(new KubeStatus(
                StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", $"the session {session.Key.Id} ended before it began"));
        }

        await server.ServeAsync(context, claimed);
    }

    /// <summary>With a terminal there is no standard error; as the kubelet does, who asks for it anyway is served without.</summary>
    private static AttachStreams Streams(HttpRequest request)
    {
        var tty = PodQuery.Flag(request, "tty");
        return new AttachStreams
        {
            Stdin = PodQuery.Flag(request, "stdin"),
            Stdout = PodQuery.Flag(request, "stdout"),
            Stderr = PodQuery.Flag(request, "stderr") && !tty,
            Tty = tty,
        };
    }
}
