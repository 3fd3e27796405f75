using CriAttach.Gateway.Streaming.Relay;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Gateway.Tests.Streaming.Relay;

public sealed class RelayTokensTests
{
    private static readonly Uri Upstream = new("http://127.0.0.1:1/exec/secret");

    private readonly FakeTimeProvider _time = new();
    private readonly RelayTokens _tokens;

    public RelayTokensTests() => _tokens = new RelayTokens(_time);

    [Fact]
    public void Token_IsUsedOnceWhateverItIsFor()
    {
        var token = Issue();
        var target = _tokens.Take(token);
        Assert.Equal((RelayKind.PortForward, Upstream), (target!.Kind, target.Upstream));
        Assert.DoesNotContain("secret", target.ToString(), StringComparison.Ordinal);
        Assert.Null(_tokens.Take(token));
        Assert.Equal(43, token.Length);
        Assert.NotEqual(token, Issue());
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(61, false)]
    public void Token_LivesAMinute(int seconds, bool lives)
    {
        var token = Issue();
        _time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(lives, _tokens.Take(token) is not null);
    }

    [Fact]
    public void Limit_IsOfThoseThatWait()
    {
        var tokens = Enumerable.Range(0, RelayTokens.Limit).Select(_ => Issue()).ToArray();
        var fault = Assert.Throws<RelayLimitException>(Issue);
        Assert.Equal("maximum number of in-flight requests exceeded", fault.Message);

        // One from the middle of the line.
        Assert.NotNull(_tokens.Take(tokens[500]));
        Issue();
        Assert.Throws<RelayLimitException>(Issue);
        _time.Advance(TimeSpan.FromSeconds(61));
        Issue();
        Assert.Null(_tokens.Take(tokens[0]));
    }

    private string Issue() => _tokens.Issue(RelayKind.PortForward, Upstream, streams: null);
}
