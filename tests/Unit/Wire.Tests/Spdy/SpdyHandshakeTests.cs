using System.Text;
using CriAttach.Wire.Http;
using CriAttach.Wire.Spdy;

namespace CriAttach.Wire.Tests.Spdy;

public sealed class SpdyHandshakeTests
{
    private static readonly string[] Offered = ["v4.channel.k8s.io", "v3.channel.k8s.io"];

    [Theory]
    [InlineData("HTTP/1.1 101 X\r\nUpgrade: spdy/3.1\r\nConnection: keep-alive, UPGRADE\r\nx-stream-protocol-version: v3.channel.k8s.io\r\n\r\n", SpdyAnswerVerdict.Accepted, "v3.channel.k8s.io")]
    [InlineData("HTTP/1.1 101 X\r\nUpgrade: SPDY/3.1\r\nConnection: Upgrade\r\n\r\n", SpdyAnswerVerdict.Accepted, "")]
    [InlineData("HTTP/1.1 101 X\r\nUpgrade: SPDY/3.1\r\nConnection: Upgrade\r\nX-Stream-Protocol-Version: v5.channel.k8s.io\r\n\r\n", SpdyAnswerVerdict.WrongProtocol, "v5.channel.k8s.io")]
    [InlineData("HTTP/1.1 101 X\r\nUpgrade: SPDY/3.1\r\n\r\n", SpdyAnswerVerdict.WrongUpgrade, "")]
    [InlineData("HTTP/1.1 200 OK\r\nUpgrade: SPDY/3.1\r\nConnection: Upgrade\r\n\r\n", SpdyAnswerVerdict.Refused, "")]
    public void Answer_IsJudged(string answer, SpdyAnswerVerdict verdict, string protocol)
    {
        ReadOnlySpan<byte> bytes = Encoding.ASCII.GetBytes(answer);
        Assert.True(HttpResponseHead.TryRead(ref bytes, out var head));
        Assert.Equal(verdict, SpdyHandshake.CheckAnswer(head!, Offered, out var chosen));
        Assert.Equal(protocol, chosen);
    }

    [Fact]
    public void Offers_LinesAndCommasInTheirOrder() => Assert.Equal(
        ["v5", "v4", "v3"],
        SpdyHandshake.Offers(["v5, v4", null, "", " , v3"]));
}
