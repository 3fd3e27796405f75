using CriAttach.Wire.WebSocket;
using Microsoft.Extensions.Primitives;

namespace CriAttach.Gateway.Streaming.WebSocket;

/// <summary>Answers requests for WebSocket by hand: the framework's own hides the edges of frames, which Kubernetes' clients rely on.</summary>
internal static class WebSocketAccept
{
    /// <summary>Whether a request asks for WebSocket.</summary>
    /// <param name="request">The request.</param>
    public static bool Matches(HttpRequest request) => Judge(request) != WebSocketUpgradeVerdict.NotWebSocket;

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="negotiate">Chooses among the lines of offers: the protocol's name, empty for none; null when no offer is served.</param>
    /// <param name="gate">Has the last word before the 101.</param>
    /// <returns>The connection, or none when the request was refused: then it is answered.</returns>
    public static async Task<UpgradedConnection?> AcceptAsync(HttpContext context, Func<string?[], string?> negotiate, UpgradeGate? gate)
    {
        var (request, response) = (context.Request, context.Response);
        switch (Judge(request))
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

        if (negotiate(Lines(request.Headers.SecWebSocketProtocol)) is not { } protocol)
        {
            response.Headers.Connection = "close";
            response.StatusCode = StatusCodes.Status403Forbidden;
            return null;
        }

        if (!UpgradedConnection.CanTake(context))
        {
            await PlainText.AnswerAsync(response, StatusCodes.Status400BadRequest, "the request cannot be upgraded");
            return null;
        }

        if (gate is not null && !await gate())
        {
            return null;
        }

        response.Headers.Upgrade = WebSocketHandshake.UpgradeToken;
        response.Headers.SecWebSocketAccept = WebSocketHandshake.AcceptKey(request.Headers.SecWebSocketKey.ToString());
        if (protocol.Length > 0)
        {
            response.Headers.SecWebSocketProtocol = protocol;
        }

        return await UpgradedConnection.TakeAsync(context, protocol);
    }

    private static WebSocketUpgradeVerdict Judge(HttpRequest request) => WebSocketHandshake.Validate(
        request.Method,
        request.Headers.Upgrade,
        Lines(request.Headers.Connection),
        request.Headers.SecWebSocketKey,
        request.Headers.SecWebSocketVersion);

    private static string?[] Lines(StringValues values) => values.ToArray();
}
