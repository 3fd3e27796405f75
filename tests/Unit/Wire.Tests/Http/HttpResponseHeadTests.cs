using System.Text;
using CriAttach.Wire.Http;

namespace CriAttach.Wire.Tests.Http;

public sealed class HttpResponseHeadTests
{
    [Fact]
    public void BytesBehindTheHead_AreLeftForTheNewProtocol()
    {
        ReadOnlySpan<byte> input = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\u0001\u0002"u8;
        Assert.True(HttpResponseHead.TryRead(ref input, out var head));
        Assert.Equal((101, "Switching Protocols"), (head!.StatusCode, head.Reason));
        Assert.Equal("websocket", head.Header("UPGRADE"));
        Assert.Equal([1, 2], input.ToArray());
    }

    [Fact]
    public void EveryPrefix_NeedsMore()
    {
        var whole = "HTTP/1.1 403 Forbidden\r\nX: y\r\n\r\n"u8;
        for (var length = 0; length < whole.Length; length++)
        {
            var input = whole[..length];
            Assert.False(HttpResponseHead.TryRead(ref input, out _));
            Assert.Equal(length, input.Length);
        }
    }

    [Fact]
    public void BareAnswer_HasNoHeaders()
    {
        ReadOnlySpan<byte> input = "HTTP/1.1 403 Forbidden\r\n\r\n"u8;
        Assert.True(HttpResponseHead.TryRead(ref input, out var head));
        Assert.Empty(head!.Headers);
        Assert.Null(head.Header("Upgrade"));
    }

    [Theory]
    [InlineData("SSH-2.0-x\r\n\r\n")]
    [InlineData("HTTP/2.0 200 x\r\n\r\n")]
    [InlineData("HTTP/1.1 20 x\r\n\r\n")]
    [InlineData("HTTP/1.1 2000\r\n\r\n")]
    [InlineData("HTTP/1.1 200\r\nno colon\r\n\r\n")]
    [InlineData("HTTP/1.1 200\r\na b: c\r\n\r\n")]
    [InlineData("HTTP/1.1 200\r\n: c\r\n\r\n")]
    public void NoAnswer_Throws(string text) => AssertFault(text);

    [Fact]
    public void HeadOverTheLimit_Throws() => AssertFault("HTTP/1.1 200 " + new string('x', HttpResponseHead.MaxLength));

    private static void AssertFault(string text) => Assert.Throws<HttpFormatException>(() =>
    {
        ReadOnlySpan<byte> input = Encoding.ASCII.GetBytes(text);
        HttpResponseHead.TryRead(ref input, out _);
    });
}
