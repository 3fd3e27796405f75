using CriAttach.Wire.Channels;
using CriAttach.Wire.Spdy;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace CriAttach.Gateway.Streaming.Spdy;

/// <summary>Upgrades to SPDY/3.1, with the checks and the answers of the Kubernetes library, in its order.</summary>
/// <param name="time">The clock.</param>
internal sealed class SpdyUpgrade(TimeProvider time) : IAttachUpgrade
{
    // Never v5: clients would take it for v4, and servers of old do not know it.
    private static readonly StreamProtocol[] Accepted = [StreamProtocol.V4, StreamProtocol.V3, StreamProtocol.V2, StreamProtocol.Channel];

    /// <summary>As in the library, what asks for nothing else is taken for SPDY: this upgrade is to be asked last.</summary>
    /// <param name="request">The request.</param>
    public bool Matches(HttpRequest request) => true;

    /// <inheritdoc/>
    public async Task<ISessionTransport?> UpgradeAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (Refusal(request) is { } refusal)
        {
            await PlainText.AnswerAsync(response, StatusCodes.Status400BadRequest, $"unable to upgrade: {refusal}");
            return null;
        }

        var offered = SpdyHandshake.Offers(request.Headers[SpdyHandshake.ProtocolHeader]);
        if (Negotiate(offered) is not { } protocol)
        {
            string[] names = [.. Accepted.Select(one => one.Name)];
            response.Headers[SpdyHandshake.AcceptedHeader] = names;
            await PlainText.AnswerAsync(
                response,
                StatusCodes.Status403Forbidden,
                $"unable to upgrade: unable to negotiate protocol: client supports [{string.Join(' ', offered)}], server accepts [{string.Join(' ', names)}]");
            return null;
        }

        // Frames go straight into the connection's pipe: the upgraded stream would copy them once more.
        if (!SpdyHandshake.IsSpdy(request.Headers.Upgrade, request.Headers.Connection)
            || context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } feature
            || context.Features.Get<IConnectionTransportFeature>() is not { } connection)
        {
            await PlainText.AnswerAsync(
                response,
                StatusCodes.Status400BadRequest,
                $"unable to upgrade: missing upgrade headers in request: Connection {request.Headers.Connection}, Upgrade {request.Headers.Upgrade}");
            return null;
        }

        response.Headers.Upgrade = SpdyHandshake.UpgradeToken;
        response.Headers[SpdyHandshake.ProtocolHeader] = protocol.Name;
        var stream = await feature.UpgradeAsync();
        var closed = context.Features.Get<IConnectionLifetimeFeature>()?.ConnectionClosed ?? CancellationToken.None;
        return new SpdyTransport(stream, connection.Transport.Output, protocol, context.Abort, time, closed);
    }

    private static string? Refusal(HttpRequest request)
    {
        const string name = SpdyHandshake.ProtocolHeader;
        if (!request.Headers.TryGetValue(name, out var lines))
        {
            // Go keeps Host apart.
            var count = request.Headers.Count(header => !header.Key.Equals("Host", StringComparison.OrdinalIgnoreCase));
            return $"header {name} does not exist in request with {count} headers";
        }

        return SpdyHandshake.Offers(lines).Count == 0 ? $"header {name} is empty" : null;
    }

    private static StreamProtocol? Negotiate(IReadOnlyList<string> offered) =>
        offered.Select(name => Array.Find(Accepted, one => one.Name == name)).FirstOrDefault(one => one is not null);
}
