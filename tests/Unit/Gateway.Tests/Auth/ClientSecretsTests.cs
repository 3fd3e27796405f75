using System.Text;
using CriAttach.Gateway.Auth;
using Microsoft.AspNetCore.Http;

namespace CriAttach.Gateway.Tests.Auth;

public sealed class ClientSecretsTests
{
    private const string Secret = "0123456789abcdef";

    [Theory]
    [InlineData("Bearer " + Secret, true)]
    [InlineData("Bearer other", false)]
    [InlineData("Basic !!!", false)]
    [InlineData("", false)]
    public void Authorization_Checked(string line, bool expected) => Assert.Equal(expected, Admits(line, ""));

    [Theory]
    [InlineData("anyone:" + Secret, true)]
    [InlineData(":" + Secret, true)]
    [InlineData(Secret + ":", false)]
    [InlineData(Secret, false)]
    public void Password_Checked(string pair, bool expected) =>
        Assert.Equal(expected, Admits("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)), ""));

    [Theory]
    [InlineData("v4.channel.k8s.io, base64url.bearer.authorization.k8s.io.MDEyMzQ1Njc4OWFiY2RlZg", true)]
    [InlineData("base64url.bearer.authorization.k8s.io.AAAA", false)]
    [InlineData("base64url.bearer.authorization.k8s.io.%", false)]
    [InlineData("v4.channel.k8s.io", false)]
    public void SubProtocol_Checked(string offers, bool expected) => Assert.Equal(expected, Admits("", offers));

    private static bool Admits(string authorization, string offers)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        (headers.Authorization, headers.SecWebSocketProtocol) = (authorization, offers);
        return ClientSecrets.Admits(BearerToken.Of(Secret), headers);
    }
}
