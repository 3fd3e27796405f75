using System.Net;
using System.Net.Http.Json;
using CriAttach.Gateway.Auth;

namespace CriAttach.Gateway.Tests.Admin;

/// <summary>A proxy's own proof in the header is none of ours. On a gateway of its own, for all tests come from one address.</summary>
public sealed class OtherSchemesTests(AdminGateway gateway) : IClassFixture<AdminGateway>
{
    private const string Basic = "Basic b3BlcmF0b3I6c2VjcmV0";

    [Fact]
    public async Task OtherScheme_IsNoGuess_AndLeavesTheCookieGood()
    {
        for (var request = 0; request < GuessBrake.Burst + 5; request++)
        {
            using var answer = await AskAsync(cookie: null);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }

        using var login = new HttpRequestMessage(HttpMethod.Post, "/login") { Content = JsonContent.Create(new { secret = AdminGateway.Token }) };
        login.Headers.TryAddWithoutValidation("Origin", gateway.Origin);
        login.Headers.TryAddWithoutValidation("Authorization", Basic);
        using var loggedIn = await gateway.Tcp.SendAsync(login);
        Assert.Equal(HttpStatusCode.NoContent, loggedIn.StatusCode);
        using var me = await AskAsync(Assert.Single(loggedIn.Headers.GetValues("Set-Cookie")).Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, me.StatusCode);
    }

    private async Task<HttpResponseMessage> AskAsync(string? cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.TryAddWithoutValidation("Authorization", Basic);
        if (cookie is not null)
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookie);
        }

        return await gateway.Tcp.SendAsync(request);
    }
}
