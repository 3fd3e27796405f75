using System.Net;
using CriAttach.Transports.Spdy;
using CriAttach.Wire.Http;
using CriAttach.Wire.Spdy;

namespace CriAttach.Transports.Dialing;

/// <summary>Dials the streaming URL of a runtime and speaks SPDY there.</summary>
/// <param name="options">How the connections behave.</param>
/// <param name="time">The clock.</param>
public sealed class SpdyDialer(SpdyOptions options, TimeProvider time)
{
    /// <summary>Dials.</summary>
    /// <param name="url">The URL, http or https. It may carry a token: no message of a fault holds it.</param>
    /// <param name="protocols">What is offered, the favourite first.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The started connection, and the protocol that the server chose; empty when it said nothing, as servers of old do.</returns>
    /// <exception cref="UpgradeRefusedException">The server answered something else than SPDY.</exception>
    /// <exception cref="IOException">The server is out of reach, or the connection broke.</exception>
    /// <exception cref="HttpFormatException">The answer is no HTTP.</exception>
    public Task<(SpdyConnection Connection, string Protocol)> DialAsync(
        Uri url, IReadOnlyList<string> protocols, CancellationToken cancellationToken) =>
        DialAsync(url, SpdyHandshake.Request(url.Authority, url.PathAndQuery, protocols), cancellationToken);

    /// <summary>Dials with a request of one's own, as who stands in front of a server does.</summary>
    /// <param name="url">Where to dial, http or https. It may carry a token: no message of a fault holds it.</param>
    /// <param name="request">The request; it offers protocols as <see cref="SpdyHandshake.Request"/> writes them.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The started connection, and the protocol that the server chose; empty when it said nothing, as servers of old do.</returns>
    /// <exception cref="UpgradeRefusedException">The server answered something else than SPDY.</exception>
    /// <exception cref="IOException">The server is out of reach, or the connection broke.</exception>
    /// <exception cref="HttpFormatException">The answer is no HTTP.</exception>
    public async Task<(SpdyConnection Connection, string Protocol)> DialAsync(
        Uri url, HttpUpgradeRequest request, CancellationToken cancellationToken)
    {
        if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        {
            throw new ArgumentException($"A streaming URL is http or https, not {url.Scheme}.", nameof(url));
        }

        var protocols = SpdyHandshake.Offers(request.Headers.Where(header => header.Key == SpdyHandshake.ProtocolHeader).Select(header => header.Value));
        var (transport, head) = await UpgradeDialer.DialAsync(url, new DnsEndPoint(url.IdnHost, url.Port), request, cancellationToken);
        try
        {
            var verdict = SpdyHandshake.CheckAnswer(head, protocols, out var protocol);
            if (verdict != SpdyAnswerVerdict.Accepted)
            {
                var wrong = verdict == SpdyAnswerVerdict.Refused ? null : $"{verdict}";
                throw await UpgradeDialer.RefusalAsync(transport, head, wrong, time, cancellationToken);
            }

            var connection = new SpdyConnection(transport, SpdyRole.Client, options, time);
            connection.Start();
            return (connection, protocol);
        }
        catch
        {
            await transport.DisposeAsync();
            throw;
        }
    }
}
