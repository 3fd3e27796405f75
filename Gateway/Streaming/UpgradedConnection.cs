using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace CriAttach.Gateway.Streaming;

/// <summary>A client's connection after the 101.</summary>
/// <param name="Input">What the client sends. A read of no bytes waits until there are some.</param>
/// <param name="Output">What goes to the client: the connection's own pipe, for the upgraded stream would copy everything once more.</param>
/// <param name="Protocol">The negotiated protocol.</param>
/// <param name="Abort">Cuts the connection.</param>
/// <param name="Closed">Fires when the connection is known to be gone.</param>
internal sealed record UpgradedConnection(Stream Input, PipeWriter Output, string Protocol, Action Abort, CancellationToken Closed)
{
    /// <summary>Whether a request can be upgraded.</summary>
    /// <param name="context">The request.</param>
    public static bool CanTake(HttpContext context) =>
        context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true } && context.Features.Get<IConnectionTransportFeature>() is not null;

    /// <summary>Answers a request by 101 and takes its connection. The headers of the answer are the caller's.</summary>
    /// <param name="context">The request; it can be upgraded.</param>
    /// <param name="protocol">The negotiated protocol.</param>
    public static async Task<UpgradedConnection> TakeAsync(HttpContext context, string protocol)
    {
        var output = context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport.Output;
        var stream = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        var closed = context.Features.Get<IConnectionLifetimeFeature>()?.ConnectionClosed ?? CancellationToken.None;
        return new UpgradedConnection(stream, output, protocol, context.Abort, closed);
    }
}
