using System.Net.Sockets;
using Grpc.Net.Client;

namespace CriAttach.Testing.Cri;

/// <summary>gRPC over a unix socket, as CRI clients speak it.</summary>
public static class CriChannel
{
    private const int MaxMessage = 16 * 1024 * 1024;

    /// <summary>Opens a channel to a CRI socket. Connects on first use.</summary>
    public static GrpcChannel Open(string socketPath)
    {
        UnixDomainSocketEndPoint endPoint = new(socketPath);
        SocketsHttpHandler handler = new()
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
        return GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
        {
            HttpHandler = handler,
            DisposeHttpClient = true,
            MaxReceiveMessageSize = MaxMessage,
            MaxSendMessageSize = MaxMessage,
        });
    }
}
