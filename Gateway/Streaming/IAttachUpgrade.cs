using CriAttach.Wire.Channels;

namespace CriAttach.Gateway.Streaming;

/// <summary>A protocol of attach and exec that a request can be upgraded to.</summary>
internal interface IAttachUpgrade
{
    /// <summary>Tells whether a request asks for this protocol.</summary>
    /// <param name="request">The request.</param>
    bool Matches(HttpRequest request);

    /// <summary>Answers the request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="preferred">A protocol of our own that goes before those of Kubernetes where the client offers it.</param>
    /// <param name="gate">Has the last word before the 101.</param>
    /// <returns>The connection, or none when the request was refused: then it is answered.</returns>
    Task<ISessionTransport?> UpgradeAsync(HttpContext context, StreamProtocol? preferred = null, UpgradeGate? gate = null);
}
