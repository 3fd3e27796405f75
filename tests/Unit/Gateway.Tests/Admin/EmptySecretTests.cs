using System.Net;
using System.Net.Http.Json;
using CriAttach.Gateway.Auth;

namespace CriAttach.Gateway.Tests.Admin;

/// <summary>A login without a secret is a wrong one. On a gateway of its own, for all tests come from one address.</summary>
public sealed class EmptySecretTests(AdminGateway gateway) : IClassFixture<AdminGateway>
{
    [Fact]
    public async Task NoSecret_IsAnsweredAndCountedAsAWrongOne()
    {
        // A few more than are allowed at once: some seconds may pass meanwhile.
        var answers = new List<HttpStatusCode>();
        for (var guess = 0; guess < GuessBrake.Burst + 5; guess++)
        {
            using var login = new HttpRequestMessage(HttpMethod.Post, "/login") { Content = JsonContent.Create(new { secret = (string?)null }) };
            login.Headers.TryAddWithoutValidation("Origin", gateway.Origin);
            using var answer = await gateway.Tcp.SendAsync(login);
            answers.Add(answer.StatusCode);
        }

        Assert.All(answers[..GuessBrake.Burst], status => Assert.Equal(HttpStatusCode.Unauthorized, status));
        Assert.Contains(HttpStatusCode.TooManyRequests, answers);
    }
}
