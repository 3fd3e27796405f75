using System.Net;
using CriAttach.Gateway.Streaming;
using Microsoft.AspNetCore.Http;

namespace CriAttach.Gateway.Tests.Streaming;

public sealed class ClientLabelTests
{
    [Theory]
    [InlineData("kubectl/v1.20.2 (linux/amd64) kubernetes", "kubectl/v1.20.2")]
    [InlineData("criattach", "criattach")]
    [InlineData("", "")]
    public void Name_IsTheFirstProductOfTheUserAgent(string agent, string name)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.UserAgent = agent;
        context.Connection.RemoteIpAddress = IPAddress.Parse("192.0.2.7");
        Assert.Equal(new ClientLabel(name, "192.0.2.7"), ClientLabel.Of(context));
    }

    [Fact]
    public void Clean_LeavesWhatIsShownOnOneLineOnly() =>
        Assert.Equal("annas 漢字 😀", ClientLabel.Clean("an\nna\u202es\u2028 \u2029漢\u200b字\u0007 \ud83d\ude00\ud83d"));

    [Fact]
    public void Clean_CutsBetweenCharacters() =>
        Assert.Equal(string.Concat(Enumerable.Repeat("😀", ClientLabel.MaxLength)), ClientLabel.Clean(string.Concat(Enumerable.Repeat("😀", 100))));
}
