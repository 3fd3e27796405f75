using CriAttach.AdminApi;
using CriAttach.Gateway.Auth;

namespace CriAttach.Gateway.Admin.Login;

/// <summary>Logging the page in and out.</summary>
/// <param name="listener">The TCP listener.</param>
/// <param name="door">Its door.</param>
/// <param name="tickets">The tickets of this gateway.</param>
/// <param name="files">The login page.</param>
internal sealed class LoginEndpoints(IAdminListener listener, AdminDoor door, LoginTickets tickets, LoginFiles files)
{
    /// <summary>Maps the routes.</summary>
    /// <param name="routes">Where to: the TCP listener's.</param>
    public void Map(IEndpointRouteBuilder routes)
    {
        files.Map(routes);
        routes.MapPost(AdminRoutes.Login, LogInAsync)
            .Describe("logIn", "login", "Logs the gateway's own page in", "Answers with the cookie. The Origin header must be the page's own.")
            .Produces(StatusCodes.Status204NoContent)
            .Faults(StatusCodes.Status400BadRequest, StatusCodes.Status429TooManyRequests);
        routes.MapPost(AdminRoutes.Logout, LogOut)
            .Describe("logOut", "login", "Makes the browser forget the login", "A copy of the cookie stays good until it ends by itself; another token ends all at once.")
            .Produces(StatusCodes.Status204NoContent)
            .Faults();
    }

    // JSON's null passes for a text here.
    private Task LogInAsync(LoginBody body, HttpContext context) => door.AnswerLoginAsync(
        context, () => body.Secret is { } secret && (listener.Token?.IsSecret(secret) == true || tickets.TryRedeem(secret)));

    private void LogOut(HttpContext context) => door.Forget(context);
}
