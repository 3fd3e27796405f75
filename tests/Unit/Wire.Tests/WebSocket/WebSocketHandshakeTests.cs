using System.Buffers;
using System.Text;
using CriAttach.Wire.Http;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Wire.Tests.WebSocket;

public sealed class WebSocketHandshakeTests
{
    private const string SampleKey = "dGhlIHNhbXBsZSBub25jZQ==";
    private const string SampleAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
    private static readonly string[] Offer = ["v5.channel.k8s.io", "v4.channel.k8s.io"];

    [Fact]
    public void AcceptKey_IsThatOfTheSpecification() =>
        Assert.Equal(SampleAccept, WebSocketHandshake.AcceptKey(SampleKey));

    [Fact]
    public void Key_IsThatOfTheSpecification() =>
        Assert.Equal(SampleKey, WebSocketHandshake.Key("the sample nonce"u8));

    [Fact]
    public void KeyOfAShortNonce_Throws() =>
        Assert.Throws<ArgumentException>(() => WebSocketHandshake.Key([1, 2, 3]));

    [Theory]
    [InlineData("GET", "websocket", "Upgrade", SampleKey, "13", WebSocketUpgradeVerdict.Accept)]
    [InlineData("GET", "WebSocket", "keep-alive, upgrade", SampleKey, "13", WebSocketUpgradeVerdict.Accept)]
    [InlineData("GET", "websocket", "Upgrade", SampleKey, "8", WebSocketUpgradeVerdict.UnsupportedVersion)]
    [InlineData("GET", "websocket", "Upgrade", SampleKey, null, WebSocketUpgradeVerdict.UnsupportedVersion)]
    [InlineData("GET", "websocket", "Upgrade", null, "13", WebSocketUpgradeVerdict.MissingKey)]
    [InlineData("GET", "websocket", "Upgrade", "", "8", WebSocketUpgradeVerdict.MissingKey)]
    [InlineData("POST", "websocket", "Upgrade", SampleKey, "13", WebSocketUpgradeVerdict.MethodNotAllowed)]
    public void Case16_Request_IsJudged(
        string method, string upgrade, string connection, string? key, string? version, WebSocketUpgradeVerdict expected) =>
        Assert.Equal(expected, WebSocketHandshake.Validate(method, upgrade, [connection], key, version));

    [Theory]
    [InlineData("websocket", null)]
    [InlineData("websocket", "keep-alive")]
    [InlineData("SPDY/3.1", "Upgrade")]
    [InlineData(null, "Upgrade")]
    public void Case12_RequestWithoutUpgradeToWebSocket_IsNotForUs(string? upgrade, string? connection) =>
        Assert.Equal(
            WebSocketUpgradeVerdict.NotWebSocket,
            WebSocketHandshake.Validate("POST", upgrade, [connection], SampleKey, "13"));

    [Fact]
    public void Request_HasAllThatTheServerAsksFor()
    {
        var output = new ArrayBufferWriter<byte>();
        WebSocketHandshake.Request("node:10250", "/attach/t?x=1", SampleKey, Offer).Write(output);
        Assert.Equal(
            "GET /attach/t?x=1 HTTP/1.1\r\nHost: node:10250\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + $"Sec-WebSocket-Key: {SampleKey}\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Protocol: v5.channel.k8s.io, v4.channel.k8s.io\r\n\r\n",
            Encoding.ASCII.GetString(output.WrittenSpan));
    }

    [Fact]
    public void RequestWithoutOffer_HasNoProtocolHeader() =>
        Assert.DoesNotContain(
            WebSocketHandshake.Request("h", "/", SampleKey).Headers, header => header.Key == "Sec-WebSocket-Protocol");

    [Theory]
    [InlineData("101", "websocket", SampleAccept, "v4.channel.k8s.io", WebSocketAnswerVerdict.Accepted, "v4.channel.k8s.io")]
    [InlineData("101", "websocket", SampleAccept, "", WebSocketAnswerVerdict.Accepted, "")]
    [InlineData("101", "websocket", SampleAccept, "v1.other", WebSocketAnswerVerdict.WrongProtocol, "v1.other")]
    [InlineData("101", "websocket", "AAAA", "", WebSocketAnswerVerdict.WrongAccept, "")]
    [InlineData("101", "SPDY/3.1", SampleAccept, "", WebSocketAnswerVerdict.WrongUpgrade, "")]
    [InlineData("403", "websocket", SampleAccept, "", WebSocketAnswerVerdict.Refused, "")]
    public void Answer_IsJudged(
        string status, string upgrade, string accept, string chosen, WebSocketAnswerVerdict expected, string protocol)
    {
        var head = Head(
            $"HTTP/1.1 {status} x\r\nupgrade: {upgrade}\r\nconnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n"
            + $"Sec-WebSocket-Protocol: {chosen}\r\n\r\n");
        Assert.Equal(expected, WebSocketHandshake.CheckAnswer(head, SampleKey, Offer, out var found));
        Assert.Equal(protocol, found);
    }

    [Fact]
    public void AnswerWithExtension_IsNotAccepted()
    {
        var head = Head(
            $"HTTP/1.1 101 x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {SampleAccept}\r\n"
            + "Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
        Assert.Equal(
            WebSocketAnswerVerdict.UnexpectedExtension, WebSocketHandshake.CheckAnswer(head, SampleKey, Offer, out _));
    }

    private static HttpResponseHead Head(string text)
    {
        ReadOnlySpan<byte> input = Encoding.ASCII.GetBytes(text);
        Assert.True(HttpResponseHead.TryRead(ref input, out var head));
        return head!;
    }
}
