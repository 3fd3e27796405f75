using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CriAttach.Transports.Tests.Fakes;

/// <summary>A streaming server on loopback that reads one request and answers it in one packet.</summary>
internal sealed class OneAnswer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public OneAnswer() => _listener.Start();

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Takes a connection and its request, and answers.</summary>
    /// <param name="answer">Makes the answer's head from the request; the connection is closed when it makes none.</param>
    /// <param name="behind">Bytes behind the head.</param>
    public async Task<(string Request, NetworkStream Socket)> AnswerAsync(Func<string, string?> answer, byte[] behind)
    {
        var socket = new NetworkStream(await _listener.AcceptSocketAsync(), ownsSocket: true);
        var request = new StringBuilder();
        var buffer = new byte[1024];
        while (!request.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var count = await socket.ReadAsync(buffer).AsTask().WaitAsync(RawPeer.Patience);
            Assert.NotEqual(0, count);
            request.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }

        if (answer(request.ToString()) is { } head)
        {
            await socket.WriteAsync((byte[])[.. Encoding.ASCII.GetBytes(head), .. behind]);
        }
        else
        {
            await socket.DisposeAsync();
        }

        return (request.ToString(), socket);
    }

    /// <summary>Listens no more.</summary>
    public void Dispose() => _listener.Dispose();
}
