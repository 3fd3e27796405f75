using System.Globalization;
using CriAttach.Wire.Channels;

namespace CriAttach.Gateway.Streaming.WebSocket;

/// <summary>Upgrades attach and exec to WebSocket.</summary>
/// <param name="time">The clock.</param>
internal sealed class WebSocketUpgrade(TimeProvider time) : IAttachUpgrade
{
    /// <inheritdoc/>
    public bool Matches(HttpRequest request) => WebSocketAccept.Matches(request);

    /// <inheritdoc/>
    public async Task<ISessionTransport?> UpgradeAsync(HttpContext context, StreamProtocol? preferred = null, UpgradeGate? gate = null)
    {
        StreamProtocol? protocol = null;
        var connection = await WebSocketAccept.AcceptAsync(context, offers => (protocol = Choose(offers, preferred))?.Name, gate);
        return connection is null || protocol is null
            ? null
            : new WebSocketTransport(connection.Input, connection.Output, protocol, connection.Abort, time, connection.Closed, WindowOf(context.Request));
    }

    private static StreamProtocol? Choose(string?[] offers, StreamProtocol? preferred) =>
        preferred?.IsAmong(offers) == true ? preferred
        : StreamProtocol.TryNegotiate(offers, out var negotiated) ? negotiated
        : null;

    private static long WindowOf(HttpRequest request) =>
        long.TryParse(request.Query["window"], NumberStyles.None, CultureInfo.InvariantCulture, out var window) ? window : 0;
}
