using System.Net;
using System.Net.Sockets;
using System.Text;
using CriAttach.Transports.Spdy;

namespace CriAttach.Gateway.Tests.Streaming.Relay;

/// <summary>A runtime's streaming server, played by the test.</summary>
internal sealed class FakeRuntime : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public FakeRuntime() => _listener.Start();

    public Uri Url => new($"http://{_listener.LocalEndpoint}/exec/secret");

    public bool IsDialled => _listener.Pending();

    /// <summary>Takes the gateway's connection.</summary>
    public async Task<SpdyConnection> AcceptAsync(string protocol = "v4.channel.k8s.io")
    {
        var socket = await TakeAsync();
        await socket.WriteAsync(Encoding.ASCII.GetBytes(
            $"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: {protocol}\r\n\r\n"));
        var connection = new SpdyConnection(socket, SpdyRole.Server, new SpdyOptions(), TimeProvider.System);
        connection.Start();
        return connection;
    }

    /// <summary>Answers the gateway, and closes.</summary>
    public async Task RefuseAsync(string status, string body)
    {
        await using var socket = await TakeAsync();
        await socket.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
    }

    /// <summary>Takes as many streams as there should be.</summary>
    public static async Task<Dictionary<string, SpdyStream>> StreamsAsync(SpdyConnection connection, int count)
    {
        Dictionary<string, SpdyStream> streams = [];
        while (streams.Count < count)
        {
            var stream = await connection.Incoming.ReadAsync().AsTask().WaitAsync(RelayGateway.Patience);
            streams.Add(stream.Headers["streamtype"]!, stream);
        }

        return streams;
    }

    public void Dispose() => _listener.Dispose();

    private async Task<NetworkStream> TakeAsync()
    {
        var socket = new NetworkStream(await _listener.AcceptSocketAsync().WaitAsync(RelayGateway.Patience), ownsSocket: true);
        var request = new StringBuilder();
        var one = new byte[1];
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await socket.ReadExactlyAsync(one).AsTask().WaitAsync(RelayGateway.Patience);
            request.Append((char)one[0]);
        }

        return socket;
    }
}
