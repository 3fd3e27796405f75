namespace CriAttach.Gateway.Streaming.Relay;

/// <summary>
/// Makes URLs of this gateway that stand for a runtime's own: one use each, for a minute. They are answered by this gateway alone, which is the
/// one that the node's kubelet asked.
/// </summary>
internal interface IRelayUrls
{
    /// <summary>The URL of an exec.</summary>
    /// <param name="streams">What the request asked for.</param>
    /// <param name="upstream">The runtime's URL. It carries a token: it is never logged, and only this gateway opens it.</param>
    /// <param name="profile">Who is going to open the URL.</param>
    /// <exception cref="RelayLimitException">Too many URLs wait for their clients: <c>ResourceExhausted</c> in gRPC.</exception>
    string ForExec(ExecStreams streams, Uri upstream, UrlProfile profile);

    /// <summary>The URL of a port-forward.</summary>
    /// <param name="upstream">The runtime's URL. It carries a token: it is never logged, and only this gateway opens it.</param>
    /// <param name="profile">Who is going to open the URL.</param>
    /// <exception cref="RelayLimitException">Too many URLs wait for their clients: <c>ResourceExhausted</c> in gRPC.</exception>
    string ForPortForward(Uri upstream, UrlProfile profile);
}
