using CriAttach.Gateway.Streaming;
using CriAttach.Interfaces.Nodes;

namespace CriAttach.Gateway.Tests.Streaming;

public sealed class AttachTokenTests
{
    [Fact]
    public void Create_NodeTagAndFortyThreeUrlSafeCharacters()
    {
        var token = AttachToken.Create("n1");
        Assert.Matches("^[0-9a-f]{8}\\.[A-Za-z0-9_-]{43}$", token);
        Assert.True(AttachToken.TryParse(token, out var tag));
        Assert.Equal(NodeTag.Of("n1"), tag);
    }

    [Fact]
    public void Create_NeverTheSame() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => AttachToken.Create("n1")).Distinct().Count());

    [Theory]
    [InlineData("")]
    [InlineData("AbCdEfGh")]
    [InlineData("0123456g.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("01234567-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("01234567.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/")]
    [InlineData("01234567.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("01234567.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void TryParse_NoToken_False(string text) => Assert.False(AttachToken.TryParse(text, out _));
}
