using System.Net.Sockets;
using CriAttach.Transports.Dialing;
using CriAttach.Transports.Spdy;
using CriAttach.Transports.Tests.Fakes;
using CriAttach.Wire.Http;
using CriAttach.Wire.Spdy;

namespace CriAttach.Transports.Tests.Dialing;

public sealed class SpdyDialerTests : IDisposable
{
    private static readonly string[] Versions = ["v4.channel.k8s.io", "channel.k8s.io"];

    private readonly OneAnswer _server = new();

    [Fact]
    public async Task Accepted_BytesInThePacketOfTheAnswer_AreTheConnections()
    {
        var answering = AnswerAsync(
            "HTTP/1.1 101 Switching Protocols\r\nupgrade: spdy/3.1\r\nConnection: Upgrade\r\nX-Stream-Protocol-Version: v4.channel.k8s.io\r\n\r\n",
            [0x80, 3, 0, 6, 0, 0, 0, 4, 0, 0, 0, 2]);
        var (connection, protocol) = await DialAsync();
        await using (connection)
        {
            Assert.Equal("v4.channel.k8s.io", protocol);
            var (request, socket) = await answering;
            Assert.StartsWith("POST /attach/t?x=1 HTTP/1.1\r\n", request, StringComparison.Ordinal);
            Assert.Contains("\r\nX-Stream-Protocol-Version: v4.channel.k8s.io\r\nX-Stream-Protocol-Version: channel.k8s.io\r\nContent-Length: 0\r\n", request, StringComparison.Ordinal);
            var pong = new byte[12];
            await socket.ReadExactlyAsync(pong).AsTask().WaitAsync(RawPeer.Patience);
            Assert.Equal(2, pong[11]);
            await socket.DisposeAsync();
            await connection.Completion.WaitAsync(RawPeer.Patience);
        }
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 19\r\n\r\n404 page not found\n", 404, "404 page not found\n")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", 101, "WrongUpgrade")]
    [InlineData("HTTP/1.1 101 X\r\nUpgrade: SPDY/3.1\r\nConnection: Upgrade\r\nX-Stream-Protocol-Version: v9\r\n\r\n", 101, "WrongProtocol")]
    public async Task OtherAnswer_NamesStatusAndBody(string answer, int status, string body)
    {
        var answering = AnswerAsync(answer, []);
        var fault = await Assert.ThrowsAsync<UpgradeRefusedException>(DialAsync);
        Assert.Equal((status, body), (fault.StatusCode, fault.Body));
        await (await answering).Socket.DisposeAsync();
    }

    [Fact]
    public async Task BodyWithoutEnd_IsCut()
    {
        var answering = AnswerAsync("HTTP/1.1 500 Oops\r\n\r\n" + new string('x', 100_000), []);
        var fault = await Assert.ThrowsAsync<UpgradeRefusedException>(DialAsync);
        Assert.Equal(4096, fault.Body.Length);
        await (await answering).Socket.DisposeAsync();
    }

    [Fact]
    public async Task NoHttp_IsAFault()
    {
        var answering = AnswerAsync("SSH-2.0-x\r\n\r\n", []);
        await Assert.ThrowsAsync<HttpFormatException>(DialAsync);
        await (await answering).Socket.DisposeAsync();
    }

    [Fact]
    public async Task RequestOfOnesOwn_IsSentAsItIs()
    {
        var answering = AnswerAsync(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: SPDY/3.1\r\nConnection: Upgrade\r\nX-Stream-Protocol-Version: channel.k8s.io\r\n\r\n", []);
        var request = SpdyHandshake.Request("node:10250", "/attach/t", Versions).With("X-Forwarded-For", "192.0.2.7");
        var (connection, protocol) = await Dialer()
            .DialAsync(new Uri($"http://127.0.0.1:{_server.Port}/other"), request, TestContext.Current.CancellationToken).WaitAsync(RawPeer.Patience);
        await using (connection)
        {
            Assert.Equal("channel.k8s.io", protocol);
            var (received, socket) = await answering;
            Assert.StartsWith("POST /attach/t HTTP/1.1\r\nHost: node:10250\r\n", received, StringComparison.Ordinal);
            Assert.EndsWith("\r\nX-Forwarded-For: 192.0.2.7\r\n\r\n", received, StringComparison.Ordinal);
            await socket.DisposeAsync();
            await connection.Completion.WaitAsync(RawPeer.Patience);
        }
    }

    [Fact]
    public async Task NobodyListens_IsAnIOException()
    {
        var url = new Uri($"http://127.0.0.1:{_server.Port}/attach/secret");
        _server.Dispose();
        var fault = await Assert.ThrowsAsync<IOException>(() => Dialer().DialAsync(url, Versions, TestContext.Current.CancellationToken));
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _server.Dispose();

    private static SpdyDialer Dialer() => new(new SpdyOptions(), TimeProvider.System);

    private Task<(SpdyConnection Connection, string Protocol)> DialAsync() => Dialer()
        .DialAsync(new Uri($"http://127.0.0.1:{_server.Port}/attach/t?x=1"), Versions, TestContext.Current.CancellationToken)
        .WaitAsync(RawPeer.Patience);

    private Task<(string Request, NetworkStream Socket)> AnswerAsync(string answer, byte[] behind) => _server.AnswerAsync(_ => answer, behind);
}
