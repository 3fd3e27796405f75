using CriAttach.AdminApi;
using CriAttach.Gateway.Auth;
using CriAttach.Gateway.Cluster;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Admin.Login;

/// <summary>Who one is, and how somebody else gets in.</summary>
/// <param name="listener">The TCP listener.</param>
/// <param name="tickets">The tickets of this gateway.</param>
/// <param name="identity">This gateway.</param>
internal sealed class CallerEndpoints(IAdminListener listener, LoginTickets tickets, IOptions<GatewayIdentity> identity) : IAdminEndpoints
{
    // There is one token, so there is one name.
    private const string Operator = "operator";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AdminRoutes.Me, Me)
            .Describe("getMe", "login", "Tells who the caller is, and which gateway answers", "Callers that are logged in by the cookie find here what their changes need beside it.")
            .Faults();
        routes.MapPost(AdminRoutes.Tickets, Ticket)
            .Describe("createTicket", "login", "Makes an address that logs in once", "It is good for ten minutes, at this gateway. At most 100 wait at a time.")
            .Faults(StatusCodes.Status409Conflict, StatusCodes.Status429TooManyRequests);
    }

    private MeView Me(HttpContext context) => new()
    {
        Name = Operator,
        Gateway = identity.Value.Name,
        Node = identity.Value.Node is { Length: > 0 } node ? node : null,
        Version = GatewayVersion.Text,
        Csrf = context.Features.Get<AdminCaller>()?.Csrf,
    };

    private Created<LoginTicket> Ticket()
    {
        if (listener.Token is null)
        {
            throw new AdminFaultException(
                StatusCodes.Status409Conflict, "No page", "this gateway serves no page: set CriAttach:Gateway:AdminAddress and CriAttach:Gateway:AdminTokenFile");
        }

        var ticket = tickets.TryIssue(out var expiresAt) ?? throw new AdminFaultException(
            StatusCodes.Status429TooManyRequests, "Too many tickets", $"{LoginTickets.MaxWaiting} tickets wait already: use one, or wait ten minutes");
        return TypedResults.Created((string?)null, new LoginTicket { Url = $"{listener.BaseUrl}/#login={ticket}", ExpiresAt = expiresAt });
    }
}
