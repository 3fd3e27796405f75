using CriAttach.Testing.Attach;
using CriAttach.Wire.Http;

namespace CriAttach.Conformance.Tests.WebSocket;

/// <summary>The upgrade to a WebSocket.</summary>
public sealed class HandshakeTests(ConformanceCluster cluster) : ConformanceTest(cluster)
{
    [Theory]
    [InlineData("v5.channel.k8s.io,v4.channel.k8s.io", "v5.channel.k8s.io")]
    [InlineData("v4.channel.k8s.io,v5.channel.k8s.io", "v4.channel.k8s.io")]
    [InlineData("channel.k8s.io", "channel.k8s.io")]
    [InlineData("v3.channel.k8s.io", "v3.channel.k8s.io")]
    [InlineData("v2.channel.k8s.io", "v2.channel.k8s.io")]
    [InlineData("v4.base64.channel.k8s.io", "v4.base64.channel.k8s.io")]
    [InlineData("base64.channel.k8s.io", "base64.channel.k8s.io")]
    [InlineData("base64url.bearer.authorization.k8s.io.dG9rZW4,v4.channel.k8s.io", "v4.channel.k8s.io")]
    [InlineData("v9.channel.k8s.io,v5.channel.k8s.io,v4.channel.k8s.io,v3.channel.k8s.io,channel.k8s.io", "v5.channel.k8s.io")]
    public async Task Case15_Offer_FirstKnownNameWins(string offered, string chosen)
    {
        var socket = await OpenAsync(await EchoAsync(), offered.Split(','));
        Assert.Equal(101, socket.Answer.StatusCode);
        Assert.Equal(chosen, socket.Protocol);
        Assert.Null(socket.Answer.Header("Sec-WebSocket-Extensions"));
    }

    [Fact]
    public async Task Case15_NoOffer_IsUpgradedWithoutAProtocolHeader()
    {
        var socket = await OpenAsync(await EchoAsync());
        Assert.Equal(101, socket.Answer.StatusCode);
        Assert.Null(socket.Answer.Header("Sec-WebSocket-Protocol"));
    }

    [Fact]
    public async Task Case15_OffersInSeveralLines_AreOneList()
    {
        var head = await AskAsync("GET", [.. Upgrade, "Sec-WebSocket-Protocol: nobody.knows", "Sec-WebSocket-Protocol: v4.channel.k8s.io, v5.channel.k8s.io"]);
        Assert.Equal(101, head.StatusCode);
        Assert.Equal("v4.channel.k8s.io", head.Header("Sec-WebSocket-Protocol"));
    }

    [Theory]
    [InlineData("v9.channel.k8s.io")]
    [InlineData("v5.base64.channel.k8s.io")]
    [InlineData("V5.CHANNEL.K8S.IO")]
    public async Task Case15_OnlyUnknownNames_Are403(string offered)
    {
        var container = await EchoAsync();
        var refused = await Assert.ThrowsAsync<WebSocketRefusedException>(() => OpenAsync(container, offered));
        Assert.Equal(403, refused.Answer.StatusCode);
        await NoSessionAsync(container);
    }

    [Theory]
    [InlineData("8")]
    [InlineData("14")]
    [InlineData("thirteen")]
    public async Task Case16_WrongVersion_Is400AndNamesTheRightOne(string version)
    {
        var head = await AskAsync("GET", [Upgrade[0], Upgrade[1], Upgrade[2], $"Sec-WebSocket-Version: {version}"]);
        Assert.Equal(400, head.StatusCode);
        Assert.Equal("13", head.Header("Sec-WebSocket-Version"));
    }

    [Fact]
    public async Task Case16_MissingKey_Is400()
    {
        var head = await AskAsync("GET", [Upgrade[0], Upgrade[1], Upgrade[3]]);
        Assert.Equal(400, head.StatusCode);
    }

    [Fact]
    public async Task Case16_Post_Is405()
    {
        var head = await AskAsync("POST", [.. Upgrade, "Content-Length: 0"]);
        Assert.Equal(405, head.StatusCode);
    }

    private static string[] Upgrade =>
        ["Upgrade: websocket", "Connection: Upgrade", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13"];

    private async Task<HttpResponseHead> AskAsync(string method, string[] headers)
    {
        var url = await UrlAsync(await EchoAsync());
        using var connection = await RawConnection.OpenAsync(url);
        await connection.SendAsync($"{method} {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\n{string.Join("\r\n", headers)}\r\n\r\n");
        return await connection.ReadHeadAsync();
    }
}
