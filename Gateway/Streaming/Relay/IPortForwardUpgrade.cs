using CriAttach.Transports.Spdy;

namespace CriAttach.Gateway.Streaming.Relay;

/// <summary>A protocol of port-forward that a request can be upgraded to.</summary>
internal interface IPortForwardUpgrade
{
    /// <summary>Tells whether a request asks for this protocol.</summary>
    /// <param name="request">The request.</param>
    bool Matches(HttpRequest request);

    /// <summary>Answers the request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="options">How the connection behaves.</param>
    /// <param name="gate">Has the last word before the 101.</param>
    /// <returns>The connection, or none when the request was refused: then it is answered.</returns>
    Task<PortForwardClient?> UpgradeAsync(HttpContext context, SpdyOptions options, UpgradeGate gate);
}
