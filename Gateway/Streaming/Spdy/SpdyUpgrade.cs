using CriAttach.Wire.Channels;

namespace CriAttach.Gateway.Streaming.Spdy;

/// <summary>Upgrades attach and exec to SPDY/3.1.</summary>
/// <param name="time">The clock.</param>
internal sealed class SpdyUpgrade(TimeProvider time) : IAttachUpgrade
{
    // Never v5: clients would take it for v4, and servers of old do not know it.
    private static readonly StreamProtocol[] Accepted = [StreamProtocol.V4, StreamProtocol.V3, StreamProtocol.V2, StreamProtocol.Channel];
    private static readonly string[] Names = [.. Accepted.Select(one => one.Name)];

    /// <summary>As in the library, what asks for nothing else is taken for SPDY: this upgrade is to be asked last.</summary>
    /// <param name="request">The request.</param>
    public bool Matches(HttpRequest request) => true;

    /// <inheritdoc/>
    public async Task<ISessionTransport?> UpgradeAsync(HttpContext context, StreamProtocol? preferred = null, UpgradeGate? gate = null)
    {
        if (await SpdyAccept.AcceptAsync(context, Names, gate) is not { } connection)
        {
            return null;
        }

        var protocol = Accepted.First(one => one.Name == connection.Protocol);
        return new SpdyTransport(connection.Input, connection.Output, protocol, connection.Abort, time, connection.Closed);
    }
}
