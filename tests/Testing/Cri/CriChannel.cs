using CriAttach.Testing.Http;
using Grpc.Net.Client;

namespace CriAttach.Testing.Cri;

/// <summary>gRPC over a unix socket, as CRI clients speak it.</summary>
public static class CriChannel
{
    private const int MaxMessage = 16 * 1024 * 1024;

    /// <summary>Opens a channel to a CRI socket. Connects on first use.</summary>
    public static GrpcChannel Open(string socketPath) => GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions
    {
        HttpHandler = UnixSocketHandler.For(socketPath),
        DisposeHttpClient = true,
        MaxReceiveMessageSize = MaxMessage,
        MaxSendMessageSize = MaxMessage,
    });
}
