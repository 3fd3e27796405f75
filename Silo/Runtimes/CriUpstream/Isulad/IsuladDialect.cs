using CriAttach.Transports.Dialing;
using CriAttach.Transports.WebSocket;
using CriAttach.Wire.Channels;
using CriAttach.Wire.Http;

namespace CriAttach.Silo.Runtimes.CriUpstream.Isulad;

/// <summary>
/// iSulad's way: WebSocket at <c>ws://localhost:10350/cri/attach/TOKEN</c>, the protocol <c>channel.k8s.io</c> and no other, text frames that hold
/// bytes, no first message, no status, and an end without a close frame. It refuses by closing the connection.
/// </summary>
internal sealed class IsuladDialect(TimeProvider clock) : IUpstreamDialect
{
    // Its server takes frames apart at 4 KiB.
    private static readonly ChannelOptions Options = new() { MaxSentPayload = 4 * 1024 };

    private readonly WebSocketDialer _dialer = new(clock);

    /// <inheritdoc/>
    public string Name => "isulad";

    /// <inheritdoc/>
    public bool Speaks(Uri url) => url.Scheme is "ws" or "wss";

    /// <inheritdoc/>
    public async Task<IUpstreamAttachment> OpenAsync(Uri url, UpstreamStreams streams, CancellationToken cancellationToken)
    {
        // Its server knows neither TLS nor passwords and stands on loopback: what is typed must not leave the node because of a URL.
        if (url is not { Scheme: "ws" or "http", IdnHost: "localhost" or "127.0.0.1" })
        {
            throw new IOException($"the runtime's streaming server is at {url.Scheme}://{url.Authority}: iSulad's is ws://localhost or ws://127.0.0.1");
        }

        try
        {
            var connection = await _dialer.DialAsync(url, [StreamProtocol.Channel], Options, cancellationToken).ConfigureAwait(false);
            return new IsuladAttachment(connection, streams.Stdin);
        }
        catch (HttpFormatException fault)
        {
            throw new IOException($"the runtime's streaming server did not behave: {fault.Message}", fault);
        }
    }
}
