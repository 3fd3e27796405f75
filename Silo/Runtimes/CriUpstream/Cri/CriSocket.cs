using System.Net.Sockets;

namespace CriAttach.Silo.Runtimes.CriUpstream.Cri;

/// <summary>HTTP over the runtime's unix socket, whatever host a request names.</summary>
internal static class CriSocket
{
    /// <summary>Makes what connects to the socket, on first use and again whenever the runtime was restarted.</summary>
    public static SocketsHttpHandler HandlerFor(string path)
    {
        var endPoint = new UnixDomainSocketEndPoint(path);
        return new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
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
