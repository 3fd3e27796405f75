using CriAttach.Gateway.Auth;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Gateway.Tests.Auth;

public sealed class LoginCookieTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly BearerToken _token = BearerToken.Of("0123456789abcdef");

    [Fact]
    public void OtherGatewayWithTheSameToken_Reads()
    {
        var value = new LoginCookie(_token, _time).Issue();
        var csrf = new LoginCookie(BearerToken.Of("0123456789abcdef"), _time).Read(value);
        Assert.NotNull(csrf);
        Assert.Equal(csrf, new LoginCookie(_token, _time).Read(value));
    }

    [Fact]
    public void OtherToken_EndsAllLogins() =>
        Assert.Null(new LoginCookie(BearerToken.Of("fedcba9876543210"), _time).Read(new LoginCookie(_token, _time).Issue()));

    [Fact]
    public void TwelveHours_AndNoMore()
    {
        var cookie = new LoginCookie(_token, _time);
        var value = cookie.Issue();
        _time.Advance(LoginCookie.Life - TimeSpan.FromSeconds(1));
        Assert.NotNull(cookie.Read(value));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(cookie.Read(value));
    }

    [Fact]
    public void AnyChangedCharacter_IsNoLogin()
    {
        var cookie = new LoginCookie(_token, _time);
        var value = cookie.Issue();
        for (var at = 0; at < value.Length; at++)
        {
            // Characters that are far apart: the last one holds bits that decoding ignores.
            Assert.Null(cookie.Read($"{value[..at]}{(value[at] is >= 'a' and <= 'z' ? 'A' : 'z')}{value[(at + 1)..]}"));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("====")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!")]
    public void Nonsense_IsNoLogin(string? value) => Assert.Null(new LoginCookie(_token, _time).Read(value));

    [Fact]
    public void TwoLogins_NeedDifferentProofOfChanges()
    {
        var cookie = new LoginCookie(_token, _time);
        string one = cookie.Read(cookie.Issue())!, other = cookie.Read(cookie.Issue())!;
        Assert.True(LoginCookie.IsCsrf(one, one));
        Assert.False(LoginCookie.IsCsrf(other, one));
        Assert.False(LoginCookie.IsCsrf("", one));
        Assert.False(LoginCookie.IsCsrf(null, one));
    }
}
