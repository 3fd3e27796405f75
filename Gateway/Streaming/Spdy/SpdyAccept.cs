using CriAttach.Wire.Spdy;

namespace CriAttach.Gateway.Streaming.Spdy;

/// <summary>Answers requests for SPDY/3.1, with the checks and the answers of the Kubernetes library, in its order.</summary>
internal static class SpdyAccept
{
    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="accepted">The protocols that are served, the best first.</param>
    /// <param name="gate">Has the last word before the 101.</param>
    /// <returns>The connection, or none when the request was refused: then it is answered.</returns>
    public static async Task<UpgradedConnection?> AcceptAsync(HttpContext context, IReadOnlyList<string> accepted, UpgradeGate? gate)
    {
        var (request, response) = (context.Request, context.Response);
        if (Refusal(request) is { } refusal)
        {
            await PlainText.AnswerAsync(response, StatusCodes.Status400BadRequest, $"unable to upgrade: {refusal}");
            return null;
        }

        var offered = SpdyHandshake.Offers(request.Headers[SpdyHandshake.ProtocolHeader]);
        if (offered.FirstOrDefault(accepted.Contains) is not { } protocol)
        {
            response.Headers[SpdyHandshake.AcceptedHeader] = accepted.ToArray();
            await PlainText.AnswerAsync(
                response,
                StatusCodes.Status403Forbidden,
                $"unable to upgrade: unable to negotiate protocol: client supports [{string.Join(' ', offered)}], server accepts [{string.Join(' ', accepted)}]");
            return null;
        }

        if (!SpdyHandshake.IsSpdy(request.Headers.Upgrade, request.Headers.Connection) || !UpgradedConnection.CanTake(context))
        {
            await PlainText.AnswerAsync(
                response,
                StatusCodes.Status400BadRequest,
                $"unable to upgrade: missing upgrade headers in request: Connection {request.Headers.Connection}, Upgrade {request.Headers.Upgrade}");
            return null;
        }

        if (gate is not null && !await gate())
        {
            return null;
        }

        response.Headers.Upgrade = SpdyHandshake.UpgradeToken;
        response.Headers[SpdyHandshake.ProtocolHeader] = protocol;
        return await UpgradedConnection.TakeAsync(context, protocol);
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
}
