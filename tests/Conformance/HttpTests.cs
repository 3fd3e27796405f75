using System.Net;
using System.Text;
using CriAttach.Conformance.Tests.Gateways;
using CriAttach.Conformance.Tests.Peers;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Conformance.Tests;

/// <summary>PROTOCOL.md section 8, HTTP.</summary>
public sealed class HttpTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>, IDisposable
{
    private readonly HttpClient _http = new();

    [Fact]
    public async Task Case07_TokenUsedTwice_NotFound()
    {
        var url = await gateway.UrlAsync(gateway.Run());
        using (var first = await RawWebSocket.OpenAsync(url, "v4.channel.k8s.io"))
        {
            Assert.Equal(HttpStatusCode.SwitchingProtocols, first.Status);
            await AssertNotFoundAsync(url);
        }

        await AssertNotFoundAsync(url);
    }

    [Fact]
    public async Task Case08_RandomToken_NotFound()
    {
        var url = await gateway.UrlAsync(gateway.Run());
        await AssertNotFoundAsync(new Uri(url, "/attach/AbCdEfGh"));
        await AssertNotFoundAsync(new Uri(url, url.AbsolutePath[..^8] + "AAAAAAAA"));
        await AssertNotFoundAsync(new Uri(url, "/other"));
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("HEAD")]
    public async Task Case09_OtherMethod_NotAllowedAndTokenStillGood(string method)
    {
        var url = await gateway.UrlAsync(gateway.Run());
        using var request = new HttpRequestMessage(new HttpMethod(method), url);
        using var response = await _http.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        using var socket = await RawWebSocket.OpenAsync(url, "v4.channel.k8s.io");
        Assert.Equal(HttpStatusCode.SwitchingProtocols, socket.Status);
    }

    [Fact]
    public async Task Case10_PlainGet_BadRequestAndTokenBurnt()
    {
        var url = await gateway.UrlAsync(gateway.Run());
        using var response = await _http.GetAsync(url);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await AssertNotFoundAsync(url);
    }

    [Fact]
    public async Task Case12_UpgradeWithoutConnection_BadRequest()
    {
        var url = await gateway.UrlAsync(gateway.Run());
        using var socket = await RawWebSocket.OpenAsync(url, Encoding.ASCII.GetBytes(
            $"GET {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
        Assert.Equal(HttpStatusCode.BadRequest, socket.Status);
    }

    [Fact]
    public async Task Case13_ForeignHeaders_StillServed()
    {
        var url = await gateway.UrlAsync(gateway.Run());
        var request = WebSocketHandshake.Request("node:10250", url.AbsolutePath, WebSocketHandshake.Key(new byte[16]), "v4.channel.k8s.io")
            .With("X-Forwarded-For", "10.0.0.1")
            .With("Authorization", "Bearer something")
            .With("Origin", "https://elsewhere.example");
        using var socket = await RawWebSocket.OpenAsync(url, request);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, socket.Status);
    }

    [Theory]
    [InlineData("v5.channel.k8s.io,v4.channel.k8s.io", "v5.channel.k8s.io")]
    [InlineData("v4.channel.k8s.io,v5.channel.k8s.io", "v4.channel.k8s.io")]
    [InlineData("channel.k8s.io", "channel.k8s.io")]
    [InlineData("v3.channel.k8s.io", "v3.channel.k8s.io")]
    [InlineData("base64url.bearer.authorization.k8s.io.abc,v5.channel.k8s.io", "v5.channel.k8s.io")]
    [InlineData("", null)]
    public async Task Case15_Offer_FirstKnownWins(string offer, string? expected)
    {
        using var socket = await RawWebSocket.OpenAsync(await gateway.UrlAsync(gateway.Run()), offer.Split(','));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, socket.Status);
        Assert.Equal(expected, socket.Head.Header("Sec-WebSocket-Protocol"));
    }

    [Fact]
    public async Task Case15_OnlyUnknownOffered_Forbidden()
    {
        using var socket = await RawWebSocket.OpenAsync(await gateway.UrlAsync(gateway.Run()), "v9.channel.k8s.io");
        Assert.Equal(HttpStatusCode.Forbidden, socket.Status);
    }

    [Theory]
    [InlineData("GET", "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n", HttpStatusCode.BadRequest, "13")]
    [InlineData("GET", "Sec-WebSocket-Version: 13\r\n", HttpStatusCode.BadRequest, null)]
    [InlineData("POST", "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n", HttpStatusCode.MethodNotAllowed, null)]
    public async Task Case16_BadHandshake_Refused(string method, string headers, HttpStatusCode status, string? version)
    {
        var url = await gateway.UrlAsync(gateway.Run());
        using var socket = await RawWebSocket.OpenAsync(url, Encoding.ASCII.GetBytes(
            $"{method} {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nContent-Length: 0\r\n{headers}\r\n"));
        Assert.Equal(status, socket.Status);
        Assert.Equal(version, socket.Head.Header("Sec-WebSocket-Version"));
    }

    public void Dispose() => _http.Dispose();

    private async Task AssertNotFoundAsync(Uri url)
    {
        using var response = await _http.GetAsync(url);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("404 page not found\n", await response.Content.ReadAsStringAsync());
        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal(["nosniff"], response.Headers.GetValues("X-Content-Type-Options"));
    }
}
