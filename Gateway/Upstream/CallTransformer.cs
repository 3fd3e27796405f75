using Yarp.ReverseProxy.Forwarder;

namespace CriAttach.Gateway.Upstream;

/// <summary>Copies headers and trailers as they are, and lets headers through that come long before the first message.</summary>
internal sealed class CallTransformer : HttpTransformer
{
    /// <inheritdoc/>
    public override async ValueTask TransformRequestAsync(
        HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        await base.TransformRequestAsync(httpContext, proxyRequest, destinationPrefix, cancellationToken);

        // Clients write all sorts of things there; to runtimes a unix socket is "localhost".
        proxyRequest.Headers.Host = null;
    }

    /// <inheritdoc/>
    public override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        var goesOn = await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        if (proxyResponse is not null && !GrpcReply.EndsCall(proxyResponse.Headers))
        {
            await SendHeadersUnlessBodyIsHereAsync(httpContext.Response, proxyResponse.Content, cancellationToken);
        }

        return goesOn;
    }

    private static async Task SendHeadersUnlessBodyIsHereAsync(HttpResponse response, HttpContent content, CancellationToken cancellationToken)
    {
        var body = await content.ReadAsStreamAsync(cancellationToken);
        Task firstByte = body.ReadAsync(Memory<byte>.Empty, cancellationToken).AsTask();
        if (!firstByte.IsCompleted)
        {
            await response.Body.FlushAsync(cancellationToken);
        }

        // A fault shows again when the body is copied, and is handled there.
        await firstByte.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }
}
