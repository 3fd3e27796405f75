using System.Net;
using CriAttach.Conformance.Tests.Gateways;

namespace CriAttach.Conformance.Tests;

/// <summary>No open door: each listener answers its own routes only, and TCP asks for proof.</summary>
public sealed class ListenerTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>, IDisposable
{
    private readonly HttpClient _http = new();

    [Theory]
    [InlineData("/api/v1/nodes")]
    [InlineData("/healthz")]
    [InlineData("/runtime.v1.RuntimeService/Version")]
    public async Task StreamListener_OtherRoutes_NotFound(string path)
    {
        var stream = await gateway.UrlAsync(gateway.Run());
        using var response = await _http.GetAsync(new Uri(stream, path));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("/attach/abc")]
    [InlineData("/runtime.v1.RuntimeService/Version")]
    public async Task AdminListener_OtherRoutes_NotFound(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path);
        using var response = await gateway.Admin.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData(null, null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer wrong-wrong-wrong", null, HttpStatusCode.Unauthorized)]
    [InlineData("Bearer " + GatewayFixture.AdminToken, null, HttpStatusCode.OK)]
    [InlineData("Bearer " + GatewayFixture.AdminToken, "https://ops.example.org", HttpStatusCode.OK)]
    [InlineData("Bearer " + GatewayFixture.AdminToken, "https://evil.example.org", HttpStatusCode.Forbidden)]
    [InlineData(null, "https://evil.example.org", HttpStatusCode.Forbidden)]
    public async Task AdminTcp_TokenAndOrigin(string? authorization, string? origin, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{gateway.AdminPort}/api/v1/nodes");
        if (authorization is not null)
        {
            request.Headers.Add("Authorization", authorization);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await _http.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
    }

    public void Dispose() => _http.Dispose();
}
