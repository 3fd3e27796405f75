using CriAttach.Transports.Dialing;
using CriAttach.Transports.Tests.Fakes;
using CriAttach.Transports.WebSocket;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Transports.Tests.Dialing;

public sealed class WebSocketDialerTests : IDisposable
{
    private readonly OneAnswer _server = new();

    [Theory]
    [InlineData("ws", "localhost")]
    [InlineData("http", "127.0.0.1")]
    public async Task Accepted_BytesInThePacketOfTheAnswer_AreTheConnections(string scheme, string host)
    {
        var answering = _server.AnswerAsync(request => Switch(request, "Sec-WebSocket-Protocol: channel.k8s.io\r\n"), [0x81, 3, 1, (byte)'h', (byte)'i']);
        await using var connection = await DialAsync(scheme, host);
        Assert.Same(StreamProtocol.Channel, connection.Protocol);
        var buffer = new byte[16];
        Assert.Equal(new ChannelRead(StdioChannel.Stdout, 2), await connection.ReadAsync(buffer, TestContext.Current.CancellationToken));
        var (request, socket) = await answering;
        Assert.StartsWith($"GET /cri/attach/t HTTP/1.1\r\nHost: {host}:{_server.Port}\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nSec-WebSocket-Protocol: channel.k8s.io\r\n", request, StringComparison.Ordinal);
        await socket.DisposeAsync();
    }

    [Fact]
    public async Task NoProtocolInTheAnswer_IsTaken()
    {
        var answering = _server.AnswerAsync(request => Switch(request, ""), []);
        await using var connection = await DialAsync();
        Assert.Same(StreamProtocol.None, connection.Protocol);
        await (await answering).Socket.DisposeAsync();
    }

    [Fact]
    public async Task ClosedWithoutAnAnswer_IsAnIOExceptionWithoutTheToken()
    {
        var answering = _server.AnswerAsync(_ => null, []);
        var fault = await Assert.ThrowsAsync<IOException>(() => DialAsync());
        Assert.DoesNotContain("attach/t", fault.Message, StringComparison.Ordinal);
        await answering;
    }

    [Theory]
    [InlineData("HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\nnope", 403, "nope")]
    [InlineData("HTTP/1.1 101 X\r\nUpgrade: SPDY/3.1\r\nConnection: Upgrade\r\n\r\n", 101, nameof(WebSocketAnswerVerdict.WrongUpgrade))]
    [InlineData("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n", 101, nameof(WebSocketAnswerVerdict.WrongAccept))]
    public async Task OtherAnswer_NamesStatusAndBody(string answer, int status, string body)
    {
        var answering = _server.AnswerAsync(_ => answer, []);
        var fault = await Assert.ThrowsAsync<UpgradeRefusedException>(() => DialAsync());
        Assert.Equal((status, body), (fault.StatusCode, fault.Body));
        await (await answering).Socket.DisposeAsync();
    }

    [Fact]
    public async Task ProtocolThatWasNotOffered_IsRefused()
    {
        var answering = _server.AnswerAsync(request => Switch(request, "Sec-WebSocket-Protocol: v5.channel.k8s.io\r\n"), []);
        Assert.Equal(nameof(WebSocketAnswerVerdict.WrongProtocol), (await Assert.ThrowsAsync<UpgradeRefusedException>(() => DialAsync())).Body);
        await (await answering).Socket.DisposeAsync();
    }

    [Fact]
    public Task OtherScheme_IsAnArgumentException() => Assert.ThrowsAsync<ArgumentException>(() => DialAsync("ftp"));

    public void Dispose() => _server.Dispose();

    private static string Switch(string request, string more)
    {
        const string name = "Sec-WebSocket-Key: ";
        var from = request.IndexOf(name, StringComparison.Ordinal) + name.Length;
        var key = request[from..request.IndexOf("\r\n", from, StringComparison.Ordinal)];
        return $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {WebSocketHandshake.AcceptKey(key)}\r\n{more}\r\n";
    }

    private Task<ChannelConnection> DialAsync(string scheme = "ws", string host = "localhost") => new WebSocketDialer(TimeProvider.System)
        .DialAsync(new Uri($"{scheme}://{host}:{_server.Port}/cri/attach/t"), [StreamProtocol.Channel], new ChannelOptions(), TestContext.Current.CancellationToken)
        .WaitAsync(RawPeer.Patience);
}
