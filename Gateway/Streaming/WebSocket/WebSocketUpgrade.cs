using CriAttach.Wire.Channels;

namespace CriAttach.Gateway.Streaming.WebSocket;

/// <summary>Upgrades attach and exec to WebSocket.</summary>
/// <param name="time">The clock.</param>
internal sealed class WebSocketUpgrade(TimeProvider time) : IAttachUpgrade
{
    /// <inheritdoc/>
    public bool Matches(HttpRequest request) => WebSocketAccept.Matches(request);

    /// <inheritdoc/>
    public async Task<ISessionTransport?> UpgradeAsync(HttpContext context, UpgradeGate? gate = null)
    {
        StreamProtocol? protocol = null;
        var connection = await WebSocketAccept.AcceptAsync(
            context, offers => StreamProtocol.TryNegotiate(offers, out protocol) ? protocol.Name : null, gate);
        return connection is null || protocol is null
            ? null
            : new WebSocketTransport(connection.Input, connection.Output, protocol, connection.Abort, time, connection.Closed);
    }
}
