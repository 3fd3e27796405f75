using System.Net;
using System.Text.Json.Nodes;
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
        using var request = Request(gateway.AdminPort, "/api/v1/nodes", authorization, origin);
        using var response = await _http.SendAsync(request);
        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData(null, null, 401, "Unauthorized")]
    [InlineData("Bearer wrong-wrong-wrong", null, 401, "Unauthorized")]
    [InlineData("Bearer " + GatewayFixture.AdminToken, "https://evil.example.org", 403, "Forbidden")]
    [InlineData(null, "https://evil.example.org", 403, "Forbidden")]
    [InlineData("Bearer " + GatewayFixture.AdminToken, "https://ops.example.org", 404, "NotFound")]
    public async Task Kube_TokenAndOrigin_RefusedByAStatus(string? authorization, string? origin, int code, string reason)
    {
        using var request = Request(gateway.KubePort, "/api/v1/nothing", authorization, origin);
        using var response = await _http.SendAsync(request);
        var status = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((code, "Status", reason, code), ((int)response.StatusCode, (string?)status["kind"], (string?)status["reason"], (int?)status["code"]));
    }

    [Theory]
    [InlineData("/version", "gitVersion")]
    [InlineData("/api", "APIVersions")]
    [InlineData("/apis", "APIGroupList")]
    [InlineData("/api/v1", "pods/attach")]
    [InlineData("/api/v1/namespaces/default", "Namespace")]
    [InlineData("/api/v1/nodes/n1", "kubeletVersion")]
    [InlineData("/api/v1/pods", "PodList")]
    public async Task Kube_Documents_AreJson(string path, string part)
    {
        using var request = Request(gateway.KubePort, path, "Bearer " + GatewayFixture.AdminToken, origin: null);
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        Assert.NotNull(JsonNode.Parse(text));
        Assert.Contains(part, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/api/v1/namespaces/default/pods", 405, "MethodNotAllowed")]
    [InlineData("GET", "/attach/abc", 404, "NotFound")]
    [InlineData("GET", "/api/v1/pods?watch=1&resourceVersion=5", 410, "Expired")]
    [InlineData("GET", "/api/v1/namespaces/default/pods/x/attach?stdin=1", 404, "NotFound")]
    [InlineData("GET", "/api/v1/namespaces/default/pods/x/attach", 400, "BadRequest")]
    [InlineData("GET", "/api/v1/namespaces/default/pods/x/log?tailLines=-1", 422, "Invalid")]
    [InlineData("GET", "/api/v1/namespaces/default/pods/x/log?follow=maybe", 400, "BadRequest")]
    public async Task Kube_WhatCannotBe_IsSaid(string method, string path, int code, string reason)
    {
        using var request = Request(gateway.KubePort, path, "Bearer " + GatewayFixture.AdminToken, origin: null);
        request.Method = HttpMethod.Parse(method);
        using var response = await _http.SendAsync(request);
        var status = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((code, reason), ((int)response.StatusCode, (string?)status["reason"]));
    }

    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(int port, string path, string? authorization, string? origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{port}{path}");
        if (authorization is not null)
        {
            request.Headers.Add("Authorization", authorization);
        }

        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return request;
    }
}
