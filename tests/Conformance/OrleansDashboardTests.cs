using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CriAttach.Conformance.Tests.Gateways;

namespace CriAttach.Conformance.Tests;

/// <summary>Orleans' own dashboard stands behind the admin API's door.</summary>
public sealed class OrleansDashboardTests(WithOrleansDashboard gateway) : IClassFixture<WithOrleansDashboard>, IDisposable
{
    private readonly HttpClient _http = new();

    [Theory]
    [InlineData("/orleans/")]
    [InlineData("/orleans/index.min.js")]
    [InlineData("/orleans/DashboardCounters")]
    public async Task WithoutProof_NothingAnswers(string path)
    {
        using var response = await _http.GetAsync(Url(path));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task Page_HasNoInlineScript_AndMayLoadOnlyItsOwn()
    {
        using var response = await GetAsync("/orleans/");
        Assert.Equal((HttpStatusCode.OK, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.DoesNotContain("<script>", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", string.Concat(response.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counters_AreThoseOfTheSilo()
    {
        using var response = await GetAsync("/orleans/DashboardCounters");
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        Assert.Contains("n1", JsonNode.Parse(text)!["hosts"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task LiveLog_IsHidden()
    {
        using var response = await GetAsync("/orleans/Trace");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task UnixSocket_HasNone()
    {
        using var response = await gateway.Admin.GetAsync(new Uri("/orleans/", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    public void Dispose() => _http.Dispose();

    private Uri Url(string path) => new($"http://127.0.0.1:{gateway.AdminPort}{path}");

    private async Task<HttpResponseMessage> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Url(path));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", GatewayFixture.AdminToken);
        return await _http.SendAsync(request);
    }
}
