using System.Net;
using System.Net.Http.Json;
using CriAttach.Gateway.Auth;

namespace CriAttach.Gateway.Tests.Admin;

/// <summary>Whoever shows one wrong secret after the other has to wait. On a gateway of its own, for all tests come from one address.</summary>
public sealed class GuessingTests(AdminGateway gateway) : IClassFixture<AdminGateway>
{
    [Fact]
    public async Task WrongSecrets_AreSlowedDown_InTheHeaderAndAtTheLogin()
    {
        // A few more than are allowed at once: some seconds may pass meanwhile.
        var answers = new List<HttpStatusCode>();
        for (var guess = 0; guess < GuessBrake.Burst + 5; guess++)
        {
            answers.Add(await GuessAsync(guess));
        }

        Assert.All(answers[..GuessBrake.Burst], status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
        Assert.Equal(HttpStatusCode.TooManyRequests, await GuessUntilRefusedAsync());
    }

    /// <summary>Shows the right secret at the login, behind a wrong one: a brake that let go while a slow machine was at it has to be worn down again.</summary>
    private async Task<HttpStatusCode> GuessUntilRefusedAsync()
    {
        for (var left = GuessBrake.Burst; ; left--)
        {
            await GuessAsync(-left);
            using var login = new HttpRequestMessage(HttpMethod.Post, "/login") { Content = JsonContent.Create(new { secret = AdminGateway.Token }) };
            login.Headers.TryAddWithoutValidation("Origin", gateway.Origin);
            using var answer = await gateway.Tcp.SendAsync(login);
            if (left == 0 || answer.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.NotNull(answer.Headers.RetryAfter?.Delta);
                return answer.StatusCode;
            }
        }
    }

    private async Task<HttpStatusCode> GuessAsync(int guess)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/me");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {guess}-{AdminGateway.Token}");
        using var answer = await gateway.Tcp.SendAsync(request);
        return answer.StatusCode;
    }
}
