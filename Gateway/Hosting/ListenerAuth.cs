using CriAttach.Gateway.Auth;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CriAttach.Gateway.Hosting;

/// <summary>Asks callers of TCP listeners to prove themselves, before anything else looks at the request.</summary>
internal sealed class ListenerAuth
{
    private readonly RequestDelegate _next;
    private readonly BearerToken? _cri;
    private readonly BearerToken? _admin;
    private readonly OriginCheck _origins;

    /// <summary>Reads the token files.</summary>
    /// <param name="next">The rest of the pipeline.</param>
    /// <param name="options">The options.</param>
    public ListenerAuth(RequestDelegate next, IOptions<ListenerOptions> options)
    {
        _next = next;
        var where = options.Value;
        _cri = where.CriAddress.Length > 0 && where.CriTokenFile.Length > 0 ? BearerToken.Read(where.CriTokenFile) : null;
        _admin = where.AdminAddress.Length > 0 ? BearerToken.Read(where.AdminTokenFile) : null;
        _origins = new OriginCheck(where.AdminOrigins);
    }

    /// <summary>Handles a request.</summary>
    /// <param name="context">The request.</param>
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        var refusal = context.Features.Get<ListenerFeature>()?.Role switch
        {
            null => StatusCodes.Status404NotFound,
            ListenerRole.AdminTcp when !_origins.Admits(headers.Origin) => StatusCodes.Status403Forbidden,
            ListenerRole.AdminTcp when _admin?.Admits(headers.Authorization) != true => StatusCodes.Status401Unauthorized,

            // Without a token file the listener insists on a client certificate, and the handshake has seen it.
            ListenerRole.CriTcp when _cri?.Admits(headers.Authorization) == false => StatusCodes.Status401Unauthorized,
            _ => 0,
        };
        if (refusal == 0)
        {
            if (_cri is not null && context.Features.Get<ListenerFeature>()?.Role == ListenerRole.CriTcp)
            {
                // The proof was for us; what stands behind the gateway must not see it.
                headers.Remove(HeaderNames.Authorization);
            }

            return _next(context);
        }

        context.Response.StatusCode = refusal;
        if (refusal == StatusCodes.Status401Unauthorized)
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
        }

        return Task.CompletedTask;
    }
}
