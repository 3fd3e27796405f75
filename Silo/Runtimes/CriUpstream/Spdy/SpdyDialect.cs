using CriAttach.Transports.Dialing;
using CriAttach.Transports.Spdy;
using CriAttach.Wire.Channels;
using CriAttach.Wire.Http;
using CriAttach.Wire.Spdy;

namespace CriAttach.Silo.Runtimes.CriUpstream.Spdy;

/// <summary>SPDY/3.1, as containerd and CRI-O speak it.</summary>
internal sealed class SpdyDialect(TimeProvider clock) : IUpstreamDialect
{
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(5);
    private static readonly string[] Protocols = [StreamProtocol.V4.Name];

    private readonly SpdyDialer _dialer = new(new SpdyOptions { PingInterval = PingInterval }, clock);

    /// <inheritdoc/>
    public string Name => "spdy";

    /// <inheritdoc/>
    public bool Speaks(Uri url) => url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps;

    /// <inheritdoc/>
    public async Task<IUpstreamAttachment> OpenAsync(Uri url, UpstreamStreams streams, CancellationToken cancellationToken)
    {
        try
        {
            var (connection, _) = await _dialer.DialAsync(url, Protocols, cancellationToken).ConfigureAwait(false);
            return await OpenAsync(connection, streams, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is HttpFormatException or TimeoutException)
        {
            throw new IOException($"the runtime's streaming server did not behave: {fault.Message}", fault);
        }
    }

    private static async Task<IUpstreamAttachment> OpenAsync(SpdyConnection connection, UpstreamStreams streams, CancellationToken cancellationToken)
    {
        try
        {
            // In client-go's order.
            var error = await OpenAsync(connection, "error", cancellationToken).ConfigureAwait(false);
            var stdin = streams.Stdin ? await OpenAsync(connection, "stdin", cancellationToken).ConfigureAwait(false) : null;
            var stdout = streams.Stdout ? await OpenAsync(connection, "stdout", cancellationToken).ConfigureAwait(false) : null;
            var stderr = streams.Stderr ? await OpenAsync(connection, "stderr", cancellationToken).ConfigureAwait(false) : null;
            var resize = streams.Tty ? await OpenAsync(connection, "resize", cancellationToken).ConfigureAwait(false) : null;
            return new SpdyAttachment(connection, error, stdin, stdout, stderr, resize);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static Task<SpdyStream> OpenAsync(SpdyConnection connection, string type, CancellationToken cancellationToken) =>
        connection.OpenAsync(new SpdyHeaders(new KeyValuePair<string, string>("streamType", type)), cancellationToken);
}
