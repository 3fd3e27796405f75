using System.Net;
using System.Security.Cryptography;
using CriAttach.Transports.WebSocket;
using CriAttach.Wire.Channels;
using CriAttach.Wire.Http;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Transports.Dialing;

/// <summary>Dials the streaming URL of a runtime and speaks WebSocket there.</summary>
/// <param name="time">The clock.</param>
public sealed class WebSocketDialer(TimeProvider time)
{
    /// <summary>Dials. <c>localhost</c> is 127.0.0.1, whatever names resolve to: runtimes listen there and nowhere else.</summary>
    /// <param name="url">The URL: ws, wss, http or https. It may carry a token: no message of a fault holds it.</param>
    /// <param name="protocols">What is offered, the favourite first.</param>
    /// <param name="options">How the connection behaves.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The connection; its protocol is the one that the server chose.</returns>
    /// <exception cref="ArgumentException">The URL has another scheme.</exception>
    /// <exception cref="UpgradeRefusedException">The server answered something else than WebSocket.</exception>
    /// <exception cref="IOException">The server is out of reach, or the connection broke.</exception>
    /// <exception cref="HttpFormatException">The answer is no HTTP.</exception>
    public async Task<ChannelConnection> DialAsync(
        Uri url, IReadOnlyList<StreamProtocol> protocols, ChannelOptions options, CancellationToken cancellationToken)
    {
        if (url.Scheme is not ("ws" or "wss" or "http" or "https"))
        {
            throw new ArgumentException($"A streaming URL of WebSocket is ws, wss, http or https, not {url.Scheme}.", nameof(url));
        }

        EndPoint endPoint = url.IdnHost == "localhost" ? new IPEndPoint(IPAddress.Loopback, url.Port) : new DnsEndPoint(url.IdnHost, url.Port);
        var key = WebSocketHandshake.Key(RandomNumberGenerator.GetBytes(WebSocketHandshake.NonceLength));
        string[] names = [.. protocols.Select(protocol => protocol.Name)];
        var request = WebSocketHandshake.Request(url.Authority, url.PathAndQuery, key, names);
        var (transport, head) = await UpgradeDialer.DialAsync(url, endPoint, request, cancellationToken);
        try
        {
            var verdict = WebSocketHandshake.CheckAnswer(head, key, names, out var chosen);
            if (verdict != WebSocketAnswerVerdict.Accepted || !StreamProtocol.TryParse(chosen, out var protocol))
            {
                var wrong = verdict == WebSocketAnswerVerdict.Refused ? null : $"{verdict}";
                throw await UpgradeDialer.RefusalAsync(transport, head, wrong, time, cancellationToken);
            }

            return new ChannelConnection(transport, protocol, options);
        }
        catch
        {
            await transport.DisposeAsync();
            throw;
        }
    }
}
