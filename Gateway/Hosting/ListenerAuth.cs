using CriAttach.Gateway.Admin.Login;
using CriAttach.Gateway.Auth;
using CriAttach.Gateway.KubeApi;
using CriAttach.Gateway.KubeApi.Json;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CriAttach.Gateway.Hosting;

/// <summary>Asks callers of TCP listeners to prove themselves, before anything else looks at the request.</summary>
internal sealed class ListenerAuth
{
    private readonly RequestDelegate _next;
    private readonly Dictionary<ListenerRole, Door> _doors = [];
    private readonly AdminDoor _admin;

    /// <summary>Reads the token files.</summary>
    /// <param name="next">The rest of the pipeline.</param>
    /// <param name="options">The options.</param>
    /// <param name="admin">The door of the admin API, which browsers come to.</param>
    public ListenerAuth(RequestDelegate next, IOptions<ListenerOptions> options, AdminDoor admin)
    {
        _next = next;
        _admin = admin;
        var where = options.Value;

        // Without a token file the listener insists on a client certificate, and the handshake has seen it.
        if (where.CriAddress.Length > 0 && where.CriTokenFile.Length > 0)
        {
            var token = BearerToken.Read(where.CriTokenFile);
            _doors[ListenerRole.CriTcp] = new Door(headers => token.Admits(headers.Authorization), OriginCheck.None);
        }

        if (where.KubeAddress.Length > 0)
        {
            var token = BearerToken.Read(where.KubeTokenFile);
            _doors[ListenerRole.Kube] = new Door(headers => ClientSecrets.Admits(token, headers), new OriginCheck(where.KubeOrigins));
        }
    }

    /// <summary>Handles a request.</summary>
    /// <param name="context">The request.</param>
    public Task InvokeAsync(HttpContext context)
    {
        var role = context.Features.Get<ListenerFeature>()?.Role;
        if (role is not { } known)
        {
            return RefuseAsync(context.Response, role, StatusCodes.Status404NotFound);
        }

        if (known == ListenerRole.AdminTcp)
        {
            return _admin.HandleAsync(context, _next);
        }

        if (_doors.TryGetValue(known, out var door))
        {
            if (door.Refusal(context.Request.Headers) is var refusal and not 0)
            {
                return RefuseAsync(context.Response, role, refusal);
            }

            // The proof was for us; what stands behind the gateway must not see it.
            context.Request.Headers.Remove(HeaderNames.Authorization);
        }

        return _next(context);
    }

    private static Task RefuseAsync(HttpResponse response, ListenerRole? role, int refusal)
    {
        response.StatusCode = refusal;
        if (refusal == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        return role != ListenerRole.Kube ? Task.CompletedTask
            : StatusJson.AnswerAsync(response, refusal == StatusCodes.Status401Unauthorized
                ? KubeStatus.Unauthorized
                : KubeStatus.Forbidden("this web page's origin may not call"));
    }
}
