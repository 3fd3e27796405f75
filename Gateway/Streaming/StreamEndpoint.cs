using CriAttach.Gateway.Streaming.Relay;

namespace CriAttach.Gateway.Streaming;

/// <summary>What the streaming listener answers. As in the Kubernetes library, a path that is not served or a wrong method uses up no token.</summary>
/// <param name="attach">Serves attach.</param>
/// <param name="relay">Serves exec and port-forward.</param>
internal sealed class StreamEndpoint(AttachEndpoint attach, RelayEndpoint relay)
{
    /// <summary>Answers a request, and serves its session until the end.</summary>
    /// <param name="context">The request.</param>
    public Task HandleAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        Func<HttpContext, string, Task>? handle = null;
        var token = "";
        if (path.StartsWith(AttachEndpoint.PathPrefix, StringComparison.Ordinal))
        {
            (handle, token) = (AttachAsync, path[AttachEndpoint.PathPrefix.Length..]);
        }
        else if (path.StartsWith(RelayUrls.ExecPrefix, StringComparison.Ordinal))
        {
            (handle, token) = (relay.ExecAsync, path[RelayUrls.ExecPrefix.Length..]);
        }
        else if (path.StartsWith(RelayUrls.PortForwardPrefix, StringComparison.Ordinal))
        {
            (handle, token) = (relay.PortForwardAsync, path[RelayUrls.PortForwardPrefix.Length..]);
        }

        if (handle is null)
        {
            return PlainText.NotFoundAsync(context.Response);
        }

        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = "GET, POST";
            context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            return Task.CompletedTask;
        }

        return handle(context, token);
    }

    private Task AttachAsync(HttpContext context, string token)
    {
        // A token that is shown at the wrong door is used up too.
        relay.Burn(token);
        return attach.HandleAsync(context, token);
    }
}
