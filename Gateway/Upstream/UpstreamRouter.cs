using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Upstream;

/// <summary>On a CRI listener with a runtime behind it: Attach is ours, every other path is the runtime's, whether anybody here has heard of it or not.</summary>
/// <param name="next">Ours.</param>
/// <param name="client">The runtime.</param>
/// <param name="forwarder">Passes calls.</param>
/// <param name="streamUrls">Passes the calls whose answer is a URL.</param>
/// <param name="options">The options.</param>
internal sealed class UpstreamRouter(
    RequestDelegate next, UpstreamClient client, CallForwarder forwarder, StreamUrlForwarder streamUrls, IOptions<UpstreamOptions> options)
{
    private const string Attach = "/runtime.v1.RuntimeService/Attach";

    // The same messages under an older name, which some clients still use.
    private const string OldAttach = "/runtime.v1alpha2.RuntimeService/Attach";

    private readonly bool _rewrites = options.Value.RewriteStreamUrls;

    /// <summary>Handles a request.</summary>
    /// <param name="context">The request.</param>
    public Task InvokeAsync(HttpContext context)
    {
        if (!client.IsConfigured)
        {
            return next(context);
        }

        switch (context.Request.Path.Value)
        {
            case OldAttach:
                context.Request.Path = Attach;
                return next(context);
            case Attach:
                return next(context);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = null;
        }

        return _rewrites && StreamUrlCall.Find(context.Request.Path) is { } call
            ? streamUrls.ForwardAsync(context, call)
            : forwarder.ForwardAsync(context);
    }
}
