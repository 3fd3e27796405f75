using CriAttach.Gateway.Auth;

namespace CriAttach.Gateway.Tests.Auth;

public sealed class BearerTokenTests
{
    [Theory]
    [InlineData("Bearer 0123456789abcdef", true)]
    [InlineData("bearer 0123456789abcdef", true)]
    [InlineData("Bearer 0123456789abcdeg", false)]
    [InlineData("Bearer ", false)]
    [InlineData("0123456789abcdef", false)]
    [InlineData("", false)]
    public void Admits_OnlyTheToken(string header, bool expected) =>
        Assert.Equal(expected, BearerToken.Of("0123456789abcdef").Admits(header));

    [Fact]
    public void Admits_TwoHeaders_No() =>
        Assert.False(BearerToken.Of("0123456789abcdef").Admits(new(["Bearer 0123456789abcdef", "Bearer 0123456789abcdef"])));
}
