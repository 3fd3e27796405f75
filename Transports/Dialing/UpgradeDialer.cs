using System.Buffers;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using CriAttach.Wire.Http;

namespace CriAttach.Transports.Dialing;

/// <summary>Connects to a streaming server and asks it to change the connection's protocol, whichever that is.</summary>
internal static class UpgradeDialer
{
    private const int MaxBody = 4 * 1024;
    private static readonly TimeSpan BodyPatience = TimeSpan.FromSeconds(5);

    /// <summary>Connects, sends the request, and reads the head of the answer.</summary>
    /// <param name="url">Whose scheme says whether by TLS, and whose host the certificate is for.</param>
    /// <param name="endPoint">Where to connect to.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The connection, which begins behind the head, and the head.</returns>
    /// <exception cref="IOException">The server is out of reach, or the connection broke.</exception>
    /// <exception cref="HttpFormatException">The answer is no HTTP.</exception>
    public static async Task<(Stream Transport, HttpResponseHead Head)> DialAsync(
        Uri url, EndPoint endPoint, HttpUpgradeRequest request, CancellationToken cancellationToken)
    {
        var transport = await ConnectAsync(url, endPoint, cancellationToken);
        try
        {
            var bytes = new ArrayBufferWriter<byte>();
            request.Write(bytes);
            await transport.WriteAsync(bytes.WrittenMemory, cancellationToken);
            var (head, rest) = await ReadHeadAsync(transport, cancellationToken);
            return (rest.Length > 0 ? new PrefixedStream(rest, transport) : transport, head);
        }
        catch
        {
            await transport.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes the fault that tells of an answer other than the one that was asked for.</summary>
    /// <param name="transport">The connection behind the head.</param>
    /// <param name="head">The head of the answer.</param>
    /// <param name="wrong">What was wrong with its headers; null where the body tells.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait for the body.</param>
    public static async Task<UpgradeRefusedException> RefusalAsync(
        Stream transport, HttpResponseHead head, string? wrong, TimeProvider time, CancellationToken cancellationToken) =>
        new(head.StatusCode, wrong ?? await ReadBodyAsync(transport, head, time, cancellationToken));

    private static async Task<Stream> ConnectAsync(Uri url, EndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(endPoint, cancellationToken);
            stream = new NetworkStream(socket, ownsSocket: true);
            return url.Scheme is "https" or "wss" ? await SecureAsync(stream, url.IdnHost, cancellationToken) : stream;
        }
        catch (Exception fault) when (fault is SocketException or AuthenticationException)
        {
            await CloseAsync(stream, socket);
            throw new IOException($"{url.Authority} is out of reach: {fault.Message}", fault);
        }
        catch
        {
            await CloseAsync(stream, socket);
            throw;
        }
    }

    private static async Task<Stream> SecureAsync(Stream plain, string host, CancellationToken cancellationToken)
    {
        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = host, ApplicationProtocols = [SslApplicationProtocol.Http11] }, cancellationToken);
        return secure;
    }

    private static async ValueTask CloseAsync(Stream? stream, Socket socket)
    {
        if (stream is not null)
        {
            await stream.DisposeAsync();
        }

        socket.Dispose();
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
    private static async Task<string> ReadBodyAsync(
        Stream transport, HttpResponseHead head, TimeProvider time, CancellationToken cancellationToken)
    {
        var announced = int.TryParse(head.Header("Content-Length"), out var length) && length >= 0 ? length : MaxBody;
        var body = new byte[Math.Min(announced, MaxBody)];
        var used = 0;
        using var patience = new CancellationTokenSource(BodyPatience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            for (var count = -1; used < body.Length && count != 0; used += count)
            {
                count = await transport.ReadAsync(body.AsMemory(used), stop.Token);
            }
        }
        catch (Exception fault) when (fault is IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // What has come so far must do.
        }

        return Encoding.UTF8.GetString(body, 0, used);
    }
}
