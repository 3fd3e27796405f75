using CriAttach.Gateway.Auth;

namespace CriAttach.Gateway.Tests.Auth;

public sealed class OriginCheckTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("https://ops.example.org", true)]
    [InlineData("https://ops.example.org/", true)]
    [InlineData("https://evil.example.org", false)]
    [InlineData("null", false)]
    [InlineData("", false)]
    public void Admits_ListedOrNone(string? origin, bool expected) =>
        Assert.Equal(expected, new OriginCheck(["https://ops.example.org"]).Admits(origin is null ? default : new(origin)));
}
