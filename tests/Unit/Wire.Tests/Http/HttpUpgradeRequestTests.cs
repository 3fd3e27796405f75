using System.Buffers;
using System.Text;
using CriAttach.Wire.Http;

namespace CriAttach.Wire.Tests.Http;

public sealed class HttpUpgradeRequestTests
{
    [Fact]
    public void HeadersOfTheCaller_ComeLastInTheirOrder()
    {
        var output = new ArrayBufferWriter<byte>();
        new HttpUpgradeRequest { Method = "POST", Target = "/attach/t", Host = "h", Upgrade = "SPDY/3.1" }
            .With("X-Stream-Protocol-Version", "v4.channel.k8s.io").With("A", "b").Write(output);
        Assert.Equal(
            "POST /attach/t HTTP/1.1\r\nHost: h\r\nUpgrade: SPDY/3.1\r\nConnection: Upgrade\r\n"
            + "X-Stream-Protocol-Version: v4.channel.k8s.io\r\nA: b\r\n\r\n",
            Encoding.ASCII.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData("/a b", "h", "X", "v")]
    [InlineData("", "h", "X", "v")]
    [InlineData("/", "h\r\nX: y", "X", "v")]
    [InlineData("/", "h", "X", "v\nY: z")]
    [InlineData("/", "h", "X:", "v")]
    [InlineData("/", "h", "X", "\u20AC")]
    public void PartThatBreaksOut_Throws(string target, string host, string name, string value)
    {
        var request = new HttpUpgradeRequest { Target = target, Host = host, Upgrade = "websocket" }.With(name, value);
        Assert.Throws<ArgumentException>(() => request.Write(new ArrayBufferWriter<byte>()));
    }
}
