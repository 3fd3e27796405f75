namespace CriAttach.Gateway.Streaming.Relay;

/// <summary>Makes the URLs that stand for a runtime's.</summary>
/// <param name="tokens">The tokens.</param>
/// <param name="urls">The URLs of the streaming listener.</param>
internal sealed class RelayUrls(RelayTokens tokens, IAttachUrls urls) : IRelayUrls
{
    /// <summary>The path before an exec's token.</summary>
    public const string ExecPrefix = "/exec/";

    /// <summary>The path before a port-forward's token.</summary>
    public const string PortForwardPrefix = "/portforward/";

    /// <inheritdoc/>
    public string ForExec(ExecStreams streams, Uri upstream, UrlProfile profile) =>
        urls.For(profile, tokens.Issue(RelayKind.Exec, upstream, streams), ExecPrefix);

    /// <inheritdoc/>
    public string ForPortForward(Uri upstream, UrlProfile profile) =>
        urls.For(profile, tokens.Issue(RelayKind.PortForward, upstream, streams: null), PortForwardPrefix);
}
