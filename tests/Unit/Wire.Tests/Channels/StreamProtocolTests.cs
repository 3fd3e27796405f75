using CriAttach.Wire.Channels;

namespace CriAttach.Wire.Tests.Channels;

public sealed class StreamProtocolTests
{
    [Theory]
    [InlineData("v5.channel.k8s.io, v4.channel.k8s.io", "v5.channel.k8s.io")]
    [InlineData("v4.channel.k8s.io,v5.channel.k8s.io", "v4.channel.k8s.io")]
    [InlineData("channel.k8s.io", "channel.k8s.io")]
    [InlineData("v3.channel.k8s.io", "v3.channel.k8s.io")]
    [InlineData("base64url.bearer.authorization.k8s.io.dG9r, v4.base64.channel.k8s.io", "v4.base64.channel.k8s.io")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void Case15_Offer_ClientsOrderWins(string? offer, string expected)
    {
        Assert.True(StreamProtocol.TryNegotiate([offer], out var protocol));
        Assert.Equal(expected, protocol.Name);
    }

    [Fact]
    public void Case15_OfferInTwoHeaders_IsOneOffer()
    {
        Assert.True(StreamProtocol.TryNegotiate(["v9.channel.k8s.io", "v4.channel.k8s.io"], out var protocol));
        Assert.Same(StreamProtocol.V4, protocol);
    }

    [Theory]
    [InlineData("v1.channel.k8s.io")]
    [InlineData("V5.CHANNEL.K8S.IO")]
    [InlineData("v5.base64.channel.k8s.io, soap")]
    public void Case15_OnlyUnknownNames_Refused(string offer) =>
        Assert.False(StreamProtocol.TryNegotiate([offer], out _));

    [Fact]
    public void Capabilities_AreThoseOfTheProtocol()
    {
        Assert.Equal([StreamProtocol.V5], StreamProtocol.Named.Where(protocol => protocol.HasCloseSignal));
        Assert.Equal(
            [StreamProtocol.V5, StreamProtocol.V4, StreamProtocol.V4Base64],
            StreamProtocol.Named.Where(protocol => protocol.HasJsonStatus));
        Assert.Equal(
            [StreamProtocol.V4Base64, StreamProtocol.Base64Channel],
            StreamProtocol.Named.Where(protocol => protocol.IsBase64));
    }

    [Fact]
    public void Names_AreParsed()
    {
        Assert.All(StreamProtocol.Named, protocol =>
        {
            Assert.True(StreamProtocol.TryParse(protocol.Name, out var parsed));
            Assert.Same(protocol, parsed);
        });
        Assert.True(StreamProtocol.TryParse(null, out var none));
        Assert.Same(StreamProtocol.None, none);
        Assert.False(StreamProtocol.TryParse("soap", out _));
    }
}
