using CriAttach.Gateway.Streaming.Relay;
using CriAttach.Transports.Spdy;

namespace CriAttach.Gateway.Streaming.Spdy;

/// <summary>Upgrades port-forward to SPDY/3.1.</summary>
/// <param name="time">The clock.</param>
internal sealed class SpdyPortForwardUpgrade(TimeProvider time) : IPortForwardUpgrade
{
    private static readonly string[] Accepted = ["portforward.k8s.io"];

    /// <summary>As in the library, what asks for nothing else is taken for SPDY: this upgrade is to be asked last.</summary>
    /// <param name="request">The request.</param>
    public bool Matches(HttpRequest request) => true;

    /// <inheritdoc/>
    public async Task<PortForwardClient?> UpgradeAsync(HttpContext context, SpdyOptions options, UpgradeGate gate) =>
        await SpdyAccept.AcceptAsync(context, Accepted, gate) is { } connection
            ? new PortForwardClient(new SpdyConnection(connection.Input, connection.Output, SpdyRole.Server, options, time), connection.Abort)
            : null;
}
