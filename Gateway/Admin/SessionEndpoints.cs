using System.ComponentModel;
using CriAttach.AdminApi;
using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Streaming;

namespace CriAttach.Gateway.Admin;

/// <summary>Sessions, and how one is opened.</summary>
/// <param name="queries">Asks nodes.</param>
/// <param name="locator">Finds containers.</param>
/// <param name="issuer">Opens sessions.</param>
/// <param name="profiles">Which URLs callers get.</param>
internal sealed class SessionEndpoints(ClusterQueries queries, ContainerLocator locator, SessionIssuer issuer, IUrlProfileSelector profiles) : IAdminEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AdminRoutes.Sessions, ListAsync)
            .Describe("listSessions", "sessions", "Lists who is attached to what")
            .Faults(StatusCodes.Status503ServiceUnavailable);
        routes.MapPost(AdminRoutes.Attach, AttachAsync)
            .Describe("attachContainer", "sessions", "Issues a URL that attaches to a container", "The container runs, or is about to: its state may be created, so that nothing it says is missed.")
            .Faults(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status404NotFound,
                StatusCodes.Status409Conflict,
                StatusCodes.Status429TooManyRequests,
                StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<SessionList> ListAsync(CancellationToken cancellationToken)
    {
        var sessions = await queries.ListSessionsAsync(cancellationToken);
        return new SessionList { Sessions = [.. sessions.Items.Select(AdminViews.Of)], UnreachableNodes = sessions.Unreachable };
    }

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
}
