using CriAttach.Gateway.Streaming.Relay;
using CriAttach.Transports.Spdy;
using CriAttach.Wire.Channels;

namespace CriAttach.Gateway.Streaming.WebSocket;

/// <summary>Upgrades port-forward to SPDY inside WebSocket, as kubectl 1.31 and later ask for it: no second handshake, frames at once.</summary>
/// <param name="time">The clock.</param>
internal sealed class TunnelUpgrade(TimeProvider time) : IPortForwardUpgrade
{
    private const string Protocol = "SPDY/3.1+portforward.k8s.io";

    /// <inheritdoc/>
    public bool Matches(HttpRequest request) => WebSocketAccept.Matches(request);

    /// <inheritdoc/>
    public async Task<PortForwardClient?> UpgradeAsync(HttpContext context, SpdyOptions options, UpgradeGate gate)
    {
        var connection = await WebSocketAccept.AcceptAsync(context, Negotiate, gate);
        if (connection is null)
        {
            return null;
        }

        var tunnel = new TunnelStream(connection.Input, new WebSocketOutput(connection.Output, StreamProtocol.None));
        return new PortForwardClient(new SpdyConnection(tunnel, SpdyRole.Server, options, time), connection.Abort);
    }

    private static string? Negotiate(string?[] offers) => StreamProtocol.IsOffered(Protocol, offers) ? Protocol : null;
}
