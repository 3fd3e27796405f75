using System.Net;
using System.Net.Sockets;
using CriAttach.Gateway.Hosting;

namespace CriAttach.Gateway.Tests.Hosting;

public sealed class TcpListenSocketTests
{
    private const int Piece = 16 * 1024;
    private const int ClientBuffer = 4096;

    // Left to itself, Linux takes some 2.5 MB on loopback.
    private const int Much = 4 * TcpListenSocket.UnsentLimit;

    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task ClientDoesNotRead_TheKernelTakesLittle()
    {
        var ct = TestContext.Current.CancellationToken;
        using var listener = TcpListenSocket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = ClientBuffer };
        await client.ConnectAsync(listener.LocalEndPoint!, ct);
        using var accepted = await listener.AcceptAsync(ct);

        var taken = await SendUntilItStandsStillAsync(accepted, ct);

        Assert.InRange(taken, TcpListenSocket.UnsentLimit, Much);
    }

    private static async Task<int> SendUntilItStandsStillAsync(Socket socket, CancellationToken ct)
    {
        var taken = 0;
        using var standstill = CancellationTokenSource.CreateLinkedTokenSource(ct);
        try
        {
            while (taken <= Much)
            {
                standstill.CancelAfter(Standstill);
                taken += await socket.SendAsync(new byte[Piece], SocketFlags.None, standstill.Token);
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // It takes no more.
        }

        return taken;
    }
}
