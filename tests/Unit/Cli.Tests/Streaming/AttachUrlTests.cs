using CriAttach.Cli.Streaming;

namespace CriAttach.Cli.Tests.Streaming;

public sealed class AttachUrlTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8081/attach/tag.secret", "https://other:9000", "https://other:9000/attach/tag.secret")]
    [InlineData("http://127.0.0.1:8081/attach/tag.secret?x=1", "http://other", "http://other/attach/tag.secret?x=1")]
    [InlineData("http://127.0.0.1:8081/attach/tag.secret", "http://other:1/base/", "http://other:1/base/attach/tag.secret")]
    public void Via_KeepsPathAndQuery(string url, string via, string expected) =>
        Assert.Equal(expected, AttachUrl.Via(new Uri(url), new Uri(via)).AbsoluteUri);

    [Fact]
    public void WithoutToken_TokenGone() =>
        Assert.Equal("http://127.0.0.1:8081/attach/…", AttachUrl.WithoutToken(new Uri("http://127.0.0.1:8081/attach/tag.secret?x=1")));
}
