using System.ComponentModel;
using CriAttach.AdminApi;
using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Streaming;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Sessions;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CriAttach.Gateway.Admin;

/// <summary>Sessions: how one is opened, who is attached to what, who may type, and the end of it.</summary>
/// <param name="queries">Asks nodes.</param>
/// <param name="locator">Finds containers.</param>
/// <param name="issuer">Opens sessions.</param>
/// <param name="profiles">Which URLs callers get.</param>
internal sealed class SessionEndpoints(ClusterQueries queries, ContainerLocator locator, SessionIssuer issuer, IUrlProfileSelector profiles) : IAdminEndpoints
{
    private const string Tag = "sessions";
    private const string NodeText = "The session's node.";
    private const string IdText = "The session's id.";
    private const int MaxMessage = 256;

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(AdminRoutes.Attach, AttachAsync)
            .Describe("attachContainer", Tag, "Issues a URL that attaches to a container", "The container runs, or is about to: its state may be created, so that nothing it says is missed.")
            .Faults(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status404NotFound,
                StatusCodes.Status409Conflict,
                StatusCodes.Status429TooManyRequests,
                StatusCodes.Status503ServiceUnavailable);
        routes.MapGet(AdminRoutes.Sessions, ListAsync)
            .Describe("listSessions", Tag, "Lists who is attached to what", "With state=ended: the sessions that ended last, the newest of each node first, as many as it remembers.")
            .TakesWord<SessionPhase>(AdminRoutes.StateQuery)
            .Faults(StatusCodes.Status400BadRequest, StatusCodes.Status503ServiceUnavailable);
        routes.MapDelete(AdminRoutes.Session, EndAsync)
            .Describe("endSession", Tag, "Ends a session", "Its client is told that an operator did, and why.")
            .Faults(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
        routes.MapPost(AdminRoutes.Input, HoldInputAsync)
            .Describe("holdInput", Tag, "Lets a session alone type, or all peers again", "The session is claimed and asked for standard input. When it ends, all peers may type again.")
            .Faults(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);
    }

    private static SessionNotFoundException NoSession(string node, string id) => new($"there is no session {id} on node {node}, or it is over");

    private static SessionState? StateOf(SessionPhase? phase) => phase switch
    {
        null => null,
        SessionPhase.Issued => SessionState.Issued,
        SessionPhase.Claimed => SessionState.Claimed,
        SessionPhase.Suspended => SessionState.Suspended,
        _ => SessionState.Ended,
    };

    private async Task<AttachAnswer> AttachAsync(
        [Description(ContainerEndpoints.ReferenceText)] string reference, AttachBody body, HttpContext context, CancellationToken cancellationToken)
    {
        var wish = AdminViews.WishOf(body);
        if (StreamsCheck.Fault(wish.Streams) is { } fault)
        {
            throw new BadHttpRequestException(fault);
        }

        var container = await locator.FindAsync(AdminRoutes.ReadReference(reference), cancellationToken);
        var issued = await issuer.OpenAsync(container, wish, profiles.For(context), cancellationToken);
        var info = await queries.GetContainerAsync(container, cancellationToken);
        return new AttachAnswer { Url = issued.Url, Session = issued.Session.Key.Id, Container = AdminViews.Of(info) };
    }

    private async Task<SessionList> ListAsync(
        [Description("Only this node's.")] string? node,
        [Description("Only those of the container with this id.")] string? container,
        [Description("Only those in this state; without it, all that live.")] string? state,
        CancellationToken cancellationToken)
    {
        var wanted = StateOf(QueryWord.Parse<SessionPhase>(state));
        var sessions = wanted == SessionState.Ended
            ? await queries.ListEndedSessionsAsync(node, cancellationToken)
            : await queries.ListSessionsAsync(node, cancellationToken);
        return new SessionList
        {
            Sessions = [.. sessions.Items
                .Where(session => (wanted is null || session.State == wanted) && (string.IsNullOrEmpty(container) || session.Container.ContainerId == container))
                .Select(AdminViews.Of)],
            UnreachableNodes = sessions.Unreachable,
        };
    }

    private async Task<NoContent> EndAsync(
        [Description(NodeText)] string node, [Description(IdText)] string id, [Description("A sentence for its client: one line of at most 256 characters.")] string? message)
    {
        message ??= "";
        if (message.Length > MaxMessage || message.Any(char.IsControl))
        {
            throw new BadHttpRequestException($"message is one line of at most {MaxMessage} characters");
        }

        return await queries.EndSessionAsync(SessionKey.For(node, id), message) ? TypedResults.NoContent() : throw NoSession(node, id);
    }

    private async Task<SessionView> HoldInputAsync([Description(NodeText)] string node, [Description(IdText)] string id, InputBody body) =>
        AdminViews.Of(await queries.HoldInputAsync(SessionKey.For(node, id), body.Hold) ?? throw NoSession(node, id));
}
