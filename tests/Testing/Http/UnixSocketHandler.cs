using System.Net.Sockets;

namespace CriAttach.Testing.Http;

/// <summary>HTTP over a unix socket, whatever host a request names.</summary>
public static class UnixSocketHandler
{
    /// <summary>A handler that connects to the socket on first use.</summary>
    public static SocketsHttpHandler For(string socketPath)
    {
        UnixDomainSocketEndPoint endPoint = new(socketPath);
        return new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
    }
}
