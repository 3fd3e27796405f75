using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace CriAttach.Gateway.Streaming.WebSocket;

/// <summary>Upgrades to WebSocket by hand: the framework's own hides the edges of frames, which Kubernetes' clients rely on.</summary>
/// <param name="time">The clock.</param>
internal sealed class WebSocketUpgrade(TimeProvider time) : IAttachUpgrade
{
    /// <inheritdoc/>
    public bool Matches(HttpRequest request) => Judge(request) != WebSocketUpgradeVerdict.NotWebSocket;

    /// <inheritdoc/>
    public async Task<ISessionTransport?> UpgradeAsync(HttpContext context)
    {
        var response = context.Response;
        switch (Judge(context.Request))
        {
            case WebSocketUpgradeVerdict.MethodNotAllowed:
                await PlainText.AnswerAsync(response, StatusCodes.Status405MethodNotAllowed, "bad method");
                return null;
            case WebSocketUpgradeVerdict.MissingKey:
                await PlainText.AnswerAsync(response, StatusCodes.Status400BadRequest, "mismatch challenge/response");
                return null;
            case WebSocketUpgradeVerdict.UnsupportedVersion:
                response.Headers.SecWebSocketVersion = WebSocketHandshake.Version;
                await PlainText.AnswerAsync(response, StatusCodes.Status400BadRequest, "missing or bad WebSocket Version");
                return null;
            default:
                break;
        }

        if (!StreamProtocol.TryNegotiate(Lines(context.Request.Headers.SecWebSocketProtocol), out var protocol))
        {
            response.Headers.Connection = "close";
            response.StatusCode = StatusCodes.Status403Forbidden;
            return null;
        }

        // Frames go straight into the connection's pipe: the upgraded stream would copy them once more.
        if (context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true } feature
            || context.Features.Get<IConnectionTransportFeature>() is not { } connection)
        {
            await PlainText.AnswerAsync(response, StatusCodes.Status400BadRequest, "the request cannot be upgraded");
            return null;
        }

        response.Headers.Upgrade = WebSocketHandshake.UpgradeToken;
        response.Headers.SecWebSocketAccept = WebSocketHandshake.AcceptKey(context.Request.Headers.SecWebSocketKey.ToString());
        if (protocol.Name.Length > 0)
        {
            response.Headers.SecWebSocketProtocol = protocol.Name;
        }

        var stream = await feature.UpgradeAsync();
        var closed = context.Features.Get<IConnectionLifetimeFeature>()?.ConnectionClosed ?? CancellationToken.None;
        return new WebSocketTransport(stream, connection.Transport.Output, protocol, context.Abort, time, closed);
    }

    private static WebSocketUpgradeVerdict Judge(HttpRequest request) => WebSocketHandshake.Validate(
        request.Method,
        request.Headers.Upgrade,
        Lines(request.Headers.Connection),
        request.Headers.SecWebSocketKey,
        request.Headers.SecWebSocketVersion);

    private static string?[] Lines(StringValues values) => values.ToArray();
}
