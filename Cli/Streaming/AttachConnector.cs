using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace CriAttach.Cli.Streaming;

/// <summary>Opens the connection that a session runs over.</summary>
internal static class AttachConnector
{
    private const int KeepAliveSeconds = 30;

    /// <summary>Connects.</summary>
    /// <param name="url">An <c>http</c>, <c>https</c>, <c>ws</c> or <c>wss</c> URL.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="AttachRefusedException">There is no way to the URL's host.</exception>
    public static async Task<Stream> ConnectAsync(Uri url, CancellationToken cancellationToken)
    {
        var secure = url.Scheme switch
        {
            "http" or "ws" => false,
            "https" or "wss" => true,
            _ => throw new AttachRefusedException(
                $"the streaming URL '{AttachUrl.WithoutToken(url)}' is neither http nor https: check the gateway's setting StreamBaseUrl"),
        };
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
            await socket.ConnectAsync(url.IdnHost, url.Port, cancellationToken);
            stream = new NetworkStream(socket, ownsSocket: true);
            return secure ? await SecureAsync(stream, url, cancellationToken) : stream;
        }
        catch (Exception fault) when (fault is SocketException or IOException or AuthenticationException)
        {
            stream?.Dispose();
            socket.Dispose();
            var why = fault is AuthenticationException
                ? $"its certificate is not good: {fault.Message} (SSL_CERT_FILE names a file of further authorities)"
                : fault.Message;
            throw new AttachRefusedException(
                $"cannot open a stream to {url.Scheme}://{url.Authority}: {why}. Where the gateway hands out an address that is not reachable "
                + "from here, name one that is with --stream-via",
                fault);
        }
        catch
        {
            stream?.Dispose();
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> SecureAsync(Stream plain, Uri url, CancellationToken cancellationToken)
    {
        var secure = new SslStream(plain);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = url.IdnHost,
            ApplicationProtocols = [SslApplicationProtocol.Http11],
        };
        await secure.AuthenticateAsClientAsync(options, cancellationToken);
        return secure;
    }
}
