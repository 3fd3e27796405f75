using CriAttach.Testing.Attach;
using CriAttach.Wire.Channels;
using CriAttach.Wire.Http;

namespace CriAttach.Conformance.Tests.Http;

/// <summary>Requests to the streaming endpoint: what uses a token up, and what does not.</summary>
public sealed class RequestTests(ConformanceCluster cluster) : ConformanceTest(cluster)
{
    private const string UpgradeHeaders = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    [Fact]
    public async Task Case07_TokenUsedTwice_SecondGets404WhileTheFirstIsOpenAndAfterIt()
    {
        var container = await EchoAsync();
        var url = await UrlAsync(container);
        await using var first = await AttachClient.OpenAsync(url, StreamProtocol.V5);
        await NotFoundAsync(url);
        await NotFoundAsync(Processes.Gateways[0].Here(url));

        await first.InputAsync("still here\n");
        await first.Stdout.ContainsAsync("still here\n");
        await first.CloseAsync();
        await NotFoundAsync(url);
        await NotFoundAsync(Processes.Gateways[0].Here(url));
    }

    [Theory]
    [InlineData("/attach/abcdefgh")]
    [InlineData("/attach/n1.AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("/attach/")]
    [InlineData("/attach/.")]
    [InlineData("/attach")]
    [InlineData("/")]
    [InlineData("/attach/%2e%2e/%2e%2e/etc")]
    public async Task Case08_UnknownToken_Is404(string path) =>
        await NotFoundAsync(new Uri($"http://{Processes.Gateways[1].StreamAuthority}{path}"));

    [Theory]
    [InlineData("/exec/")]
    [InlineData("/portforward/")]
    public async Task Case08_TokenOfAttachAtAnotherRoute_Is404(string route)
    {
        var url = await UrlAsync(await EchoAsync());
        await NotFoundAsync(new Uri(url, url.AbsolutePath.Replace("/attach/", route, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Case08_TokenChangedByOneCharacter_Is404AndTheRealOneStillWorks()
    {
        var url = await UrlAsync(await EchoAsync());
        var last = url.AbsolutePath[^2];
        await NotFoundAsync(new Uri(url, string.Concat(url.AbsolutePath.AsSpan(0, url.AbsolutePath.Length - 2), last == 'A' ? "B" : "A", url.AbsolutePath.AsSpan(url.AbsolutePath.Length - 1))));
        using var socket = await RawWebSocket.OpenAsync(url, StreamProtocol.V5.Name);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    [InlineData("PATCH")]
    [InlineData("OPTIONS")]
    public async Task Case09_OtherMethod_Is405AndTheTokenStillWorks(string method)
    {
        var url = await UrlAsync(await EchoAsync());
        var (head, _) = await AskAsync(url, $"{method} {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Length: 0\r\n{UpgradeHeaders}\r\n");
        Assert.Equal(405, head.StatusCode);
        using var socket = await RawWebSocket.OpenAsync(url, StreamProtocol.V5.Name);
    }

    [Fact]
    public async Task Case10_PlainGet_Is400AndTheTokenIsUsedUp()
    {
        var container = await EchoAsync();
        var url = await UrlAsync(container);
        var (head, _) = await AskAsync(url, $"GET {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\n\r\n");
        Assert.Equal(400, head.StatusCode);
        await NotFoundAsync(url);
        await NoSessionAsync(container);
    }

    [Fact]
    public async Task Case12_UpgradeWithoutConnection_Is400()
    {
        var url = await UrlAsync(await EchoAsync());
        var request = $"GET {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\n{UpgradeHeaders.Replace("Connection: Upgrade\r\n", "", StringComparison.Ordinal)}\r\n";
        var (head, _) = await AskAsync(url, request);
        Assert.Equal(400, head.StatusCode);
    }

    [Fact]
    public async Task Case13_ForeignHostAndProxyHeaders_AreServed()
    {
        var url = await UrlAsync(await EchoAsync());
        KeyValuePair<string, string>[] headers =
        [
            new("X-Forwarded-For", "10.0.0.7"),
            new("X-Forwarded-Proto", "https"),
            new("Authorization", "Bearer of-somebody-else"),
            new("Origin", "https://dashboard.example.org"),
        ];
        using var socket = await RawWebSocket.OpenAsync(url, [StreamProtocol.V5.Name], headers, receiveBuffer: 0, host: "node:10250");
        Assert.Equal(StreamProtocol.V5.Name, socket.Protocol);
    }

    private static async Task NotFoundAsync(Uri url)
    {
        var (head, body) = await AskAsync(url, $"GET {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\n{UpgradeHeaders}\r\n");
        Assert.Equal(404, head.StatusCode);
        Assert.Equal("404 page not found\n", body);
    }

    private static async Task<(HttpResponseHead Head, string Body)> AskAsync(Uri url, string request)
    {
        using var connection = await RawConnection.OpenAsync(url);
        await connection.SendAsync(request);
        var head = await connection.ReadHeadAsync();
        var hasBody = head.StatusCode != 101 && !request.StartsWith("HEAD", StringComparison.Ordinal);
        return (head, hasBody ? await connection.ReadBodyAsync(head) : "");
    }
}
