using CriAttach.Conformance.Tests.Gateways;
using CriAttach.Testing.Attach;
using CriAttach.Wire.Http;
using CriAttach.Wire.Spdy;

namespace CriAttach.Conformance.Tests;

/// <summary>PROTOCOL.md section 8, HTTP, for SPDY.</summary>
public sealed class SpdyUpgradeTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Upgrade = "Connection: Upgrade\r\nUpgrade: SPDY/3.1\r\n";
    private static readonly string[] ClientGo =
        ["v5.channel.k8s.io", "v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io", "channel.k8s.io"];

    [Fact]
    public async Task Case07_TokenUsedTwice_Is404()
    {
        var url = await gateway.UrlAsync(gateway.Run());
        using (await RawSpdy.OpenAsync(url, ClientGo))
        {
            Assert.Equal(404, (await AskAsync(url, $"{Upgrade}{Line("v4.channel.k8s.io")}")).Head.StatusCode);
        }

        Assert.Equal((404, "404 page not found\n"), await AskAsync(url, $"{Upgrade}{Line("v4.channel.k8s.io")}") is var (head, body) ? (head.StatusCode, body) : default);
    }

    [Fact]
    public async Task Case08_UnknownToken_Is404()
    {
        var url = await gateway.UrlAsync(gateway.Run());
        Assert.Equal(404, (await AskAsync(new Uri(url, "/attach/AbCdEfGh"), $"{Upgrade}{Line("v4.channel.k8s.io")}")).Head.StatusCode);
    }

    [Fact]
    public async Task Case09_Put_Is405AndTheTokenStillWorks()
    {
        var url = await gateway.UrlAsync(gateway.Run());
        Assert.Equal(405, (await AskAsync(url, $"{Upgrade}{Line("v4.channel.k8s.io")}", "PUT")).Head.StatusCode);
        using var spdy = await RawSpdy.OpenAsync(url, ClientGo);
    }

    [Fact]
    public async Task Case10_NoUpgradeAtAll_Is400InTheLibrarysWordsAndTheTokenIsUsedUp()
    {
        var url = await gateway.UrlAsync(gateway.Run());
        var (head, body) = await AskAsync(url, "Accept: */*\r\n", "GET");
        Assert.Equal(400, head.StatusCode);
        Assert.Equal("unable to upgrade: header X-Stream-Protocol-Version does not exist in request with 2 headers\n", body);
        Assert.Equal(404, (await AskAsync(url, "", "GET")).Head.StatusCode);
    }

    [Theory]
    [InlineData("", "unable to upgrade: header X-Stream-Protocol-Version does not exist in request with 3 headers\n")]
    [InlineData("X-Stream-Protocol-Version: \r\n", "unable to upgrade: header X-Stream-Protocol-Version is empty\n")]
    public async Task Case11_NoProtocol_Is400(string headers, string expected)
    {
        var (head, body) = await AskAsync(await gateway.UrlAsync(gateway.Run()), Upgrade + headers);
        Assert.Equal((400, expected), (head.StatusCode, body));
    }

    [Theory]
    [InlineData("v9.channel.k8s.io", "[v9.channel.k8s.io]")]
    [InlineData("v5.channel.k8s.io", "[v5.channel.k8s.io]")]
    [InlineData("a, b", "[a b]")]
    public async Task Case11_OnlyUnknownProtocols_Is403WithThoseThatAreAccepted(string offer, string shown)
    {
        var (head, body) = await AskAsync(await gateway.UrlAsync(gateway.Run()), Upgrade + Line(offer));
        Assert.Equal(403, head.StatusCode);
        Assert.Equal(ClientGo[1..], head.All(SpdyHandshake.AcceptedHeader));
        Assert.Equal(
            $"unable to upgrade: unable to negotiate protocol: client supports {shown}, server accepts [{string.Join(' ', ClientGo[1..])}]\n", body);
    }

    [Theory]
    [InlineData("Upgrade: websocket\r\n")]
    [InlineData("Connection: Upgrade\r\nUpgrade: h2c\r\n")]
    [InlineData("Upgrade: SPDY/3.1\r\n")]
    [InlineData("")]
    public async Task Case12_ProtocolButNoUpgradeToSpdy_Is400(string headers)
    {
        var (head, body) = await AskAsync(await gateway.UrlAsync(gateway.Run()), headers + Line("v4.channel.k8s.io"));
        Assert.Equal(400, head.StatusCode);
        Assert.StartsWith("unable to upgrade: missing upgrade headers in request: ", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case13_ForeignHeaders_AreServed()
    {
        var url = await gateway.UrlAsync(gateway.Run());
        var request = SpdyHandshake.Request("node:10250", url.PathAndQuery, ClientGo)
            .With("X-Forwarded-For", "10.0.0.1").With("Authorization", "Bearer something").With("Origin", "https://elsewhere.example");
        using var spdy = await RawSpdy.OpenAsync(url, request);
        await spdy.OpenStreamsAsync("error", "stdin", "stdout", "stderr");
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("GET")]
    public async Task Case14_V5First_V4IsChosen(string method)
    {
        var url = await gateway.UrlAsync(gateway.Run());
        var request = SpdyHandshake.Request(url.Authority, url.PathAndQuery, ClientGo);
        using var spdy = await RawSpdy.OpenAsync(
            url, new HttpUpgradeRequest { Method = method, Host = request.Host, Target = request.Target, Upgrade = "spdy/3.1", Headers = request.Headers });
        AssertSwitched(spdy, "v4.channel.k8s.io");
    }

    [Theory]
    [InlineData("v5.channel.k8s.io, v4.channel.k8s.io,v3.channel.k8s.io", "v4.channel.k8s.io")]
    [InlineData("v2.channel.k8s.io,v4.channel.k8s.io", "v2.channel.k8s.io")]
    [InlineData("channel.k8s.io", "channel.k8s.io")]
    public async Task Case14_JoinedByCommas_TheClientsFirstThatIsKnown(string offer, string expected)
    {
        using var spdy = await RawSpdy.OpenAsync(await gateway.UrlAsync(gateway.Run()), offer);
        AssertSwitched(spdy, expected);
    }

    private static void AssertSwitched(RawSpdy spdy, string protocol)
    {
        Assert.Equal("SPDY/3.1", spdy.Answer.Header("Upgrade"));
        Assert.Equal("Upgrade", spdy.Answer.Header("Connection"));
        Assert.Equal([protocol], spdy.Answer.All(SpdyHandshake.ProtocolHeader));
    }

    private static string Line(string offer) => $"{SpdyHandshake.ProtocolHeader}: {offer}\r\n";

    private static async Task<(HttpResponseHead Head, string Body)> AskAsync(Uri url, string headers, string method = "POST")
    {
        using var connection = await RawConnection.OpenAsync(url);
        await connection.SendAsync($"{method} {url.PathAndQuery} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Length: 0\r\n{headers}\r\n");
        var head = await connection.ReadHeadAsync();
        return (head, await connection.ReadBodyAsync(head));
    }
}
