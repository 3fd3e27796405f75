using System.Buffers;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using CriAttach.Transports.Spdy;
using CriAttach.Wire.Http;
using CriAttach.Wire.Spdy;

namespace CriAttach.Transports.Dialing;

/// <summary>Dials the streaming URL of a runtime and speaks SPDY there.</summary>
/// <param name="options">How the connections behave.</param>
/// <param name="time">The clock.</param>
public sealed class SpdyDialer(SpdyOptions options, TimeProvider time)
{
    private const int MaxBody = 4 * 1024;
    private static readonly TimeSpan BodyPatience = TimeSpan.FromSeconds(5);

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
        var protocols = SpdyHandshake.Offers(request.Headers.Where(header => header.Key == SpdyHandshake.ProtocolHeader).Select(header => header.Value));
        var transport = await ConnectAsync(url, cancellationToken);
        try
        {
            var bytes = new ArrayBufferWriter<byte>();
            request.Write(bytes);
            await transport.WriteAsync(bytes.WrittenMemory, cancellationToken);
            var (head, rest) = await ReadHeadAsync(transport, cancellationToken);
            var verdict = SpdyHandshake.CheckAnswer(head, protocols, out var protocol);
            if (verdict != SpdyAnswerVerdict.Accepted)
            {
                throw new UpgradeRefusedException(
                    head.StatusCode,
                    verdict == SpdyAnswerVerdict.Refused ? await ReadBodyAsync(transport, head, rest, cancellationToken) : $"{verdict}");
            }

            var connection = new SpdyConnection(
                rest.Length > 0 ? new PrefixedStream(rest, transport) : transport, SpdyRole.Client, options, time);
            connection.Start();
            return (connection, protocol);
        }
        catch
        {
            await transport.DisposeAsync();
            throw;
        }
    }

    private static async Task<Stream> ConnectAsync(Uri url, CancellationToken cancellationToken)
    {
        if (url.Scheme != Uri.UriSchemeHttp && url.Scheme != Uri.UriSchemeHttps)
        {
            throw new ArgumentException($"A streaming URL is http or https, not {url.Scheme}.", nameof(url));
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(url.IdnHost, url.Port, cancellationToken);
            var plain = new NetworkStream(socket, ownsSocket: true);
            return url.Scheme == Uri.UriSchemeHttps ? await SecureAsync(plain, url.IdnHost, cancellationToken) : plain;
        }
        catch (SocketException fault)
        {
            socket.Dispose();
            throw new IOException($"{url.Authority} is out of reach: {fault.Message}", fault);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> SecureAsync(NetworkStream plain, string host, CancellationToken cancellationToken)
    {
        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = host, ApplicationProtocols = [SslApplicationProtocol.Http11] }, cancellationToken);
        return secure;
    }

    private static async Task<(HttpResponseHead Head, byte[] Behind)> ReadHeadAsync(Stream transport, CancellationToken cancellationToken)
    {
        var buffer = new byte[HttpResponseHead.MaxLength];
        for (var used = 0; ;)
        {
            var count = await transport.ReadAsync(buffer.AsMemory(used), cancellationToken);
            if (count == 0)
            {
                throw new IOException("the streaming server closed the connection without an answer");
            }

            used += count;
            if (Parse(buffer.AsSpan(0, used), out var rest) is { } head)
            {
                return (head, rest);
            }
        }
    }

    private static HttpResponseHead? Parse(ReadOnlySpan<byte> received, out byte[] rest)
    {
        var complete = HttpResponseHead.TryRead(ref received, out var head);
        rest = complete ? received.ToArray() : [];
        return head;
    }

    // As far as it comes in time: it is there for people.
    private async Task<string> ReadBodyAsync(Stream transport, HttpResponseHead head, byte[] rest, CancellationToken cancellationToken)
    {
        var announced = int.TryParse(head.Header("Content-Length"), out var length) && length >= 0 ? length : MaxBody;
        var body = new byte[Math.Min(announced, MaxBody)];
        var used = Math.Min(rest.Length, body.Length);
        rest.AsSpan(0, used).CopyTo(body);
        using var patience = new CancellationTokenSource(BodyPatience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            used += await transport.ReadAtLeastAsync(body.AsMemory(used), body.Length - used, throwOnEndOfStream: false, stop.Token);
        }
        catch (Exception fault) when (fault is IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // The status alone must do.
        }

        return Encoding.UTF8.GetString(body, 0, used);
    }
}
