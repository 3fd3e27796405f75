using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CriAttach.AdminApi;
using CriAttach.Gateway.Auth;

namespace CriAttach.Gateway.Tests.Admin;

/// <summary>The door of the admin API's TCP listener, over a real socket.</summary>
public sealed partial class DoorTests(AdminGateway gateway) : IClassFixture<AdminGateway>
{
    private const string Bearer = $"Bearer {AdminGateway.Token}";

    [Fact]
    public async Task WithoutProof_NothingOfTheApiAnswers()
    {
        using var document = JsonDocument.Parse(await gateway.Local.GetStringAsync(new Uri(AdminRoutes.OpenApi, UriKind.Relative)));
        var routes = document.RootElement.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(method => (Method: method.Name, Path: path.Name)))
            .Append(("get", AdminRoutes.OpenApi)).Append(("get", "/")).Append(("get", "/index.html")).Append(("get", "/assets/index.js")).Append(("get", "/orleans/"))
            .Where(route => route != ("post", AdminRoutes.Login))
            .ToList();
        Assert.True(routes.Count > 15);
        foreach (var (method, path) in routes)
        {
            using var response = await SendAsync(method, Parameter().Replace(path, "x"), body: method == "post" ? new { } : null);
            var problem = await ProblemAsync(response);
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized && problem.Status == 401, $"{method} {path}: {response.StatusCode}");
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        }
    }

    [Theory]
    [InlineData("/healthz", HttpStatusCode.OK)]
    [InlineData("/readyz", HttpStatusCode.ServiceUnavailable)]
    [InlineData("/login.js", HttpStatusCode.OK)]
    [InlineData("/login.css", HttpStatusCode.OK)]
    public async Task WithoutProof_HealthAndTheLoginAnswer(string path, HttpStatusCode expected)
    {
        using var response = await SendAsync("get", path);
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
    }

    [Fact]
    public async Task Stranger_IsNotToldWhyNoSiloIsReached()
    {
        using var told = await gateway.Local.GetAsync(new Uri("/readyz", UriKind.Relative));
        Assert.StartsWith("no silo of the cluster has been reached yet", await told.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var response = await SendAsync("get", "/readyz");
        Assert.Equal("no silo has been reached\n", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/nodes")]
    [InlineData("/nowhere")]
    public async Task Navigation_WithoutProof_GetsTheLoginPage(string path)
    {
        using var response = await SendAsync("get", path, ("Accept", "text/html,application/xhtml+xml"));
        var page = await response.Content.ReadAsStringAsync();
        Assert.Equal((HttpStatusCode.Unauthorized, "text/html"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Contains("src=\"/login.js\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        var policy = Header(response, "Content-Security-Policy");
        Assert.Contains("script-src 'self'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(("no-store", "no-referrer"), (response.Headers.CacheControl?.ToString(), Header(response, "Referrer-Policy")));
    }

    [Theory]
    [InlineData("get", "/healthz")]
    [InlineData("get", "/api/v1/me")]
    [InlineData("post", "/login")]
    [InlineData("options", "/api/v1/me")]
    public async Task StrangeOrigin_IsForbiddenBeforeAnythingElse(string method, string path)
    {
        foreach (var origin in (string[])["https://evil.example.org", "null", gateway.Origin + "0", gateway.Origin.Replace("http:", "https:", StringComparison.Ordinal)])
        {
            using var response = await SendAsync(method, path, ("Origin", origin), ("Authorization", Bearer));
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task ListedOrigin_MayReadWithTheToken_AndNothingByTheCookie()
    {
        using (var answer = await SendAsync("get", "/api/v1/me", ("Origin", AdminGateway.Listed), ("Authorization", Bearer)))
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(AdminGateway.Listed, Header(answer, "Access-Control-Allow-Origin"));
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Credentials"));
        }

        var cookie = await LogInAsync(AdminGateway.Token);
        using (var byCookie = await SendAsync("get", "/api/v1/me", ("Origin", AdminGateway.Listed), ("Cookie", cookie)))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, byCookie.StatusCode);
        }

        using var login = await SendAsync("post", "/login", new { secret = AdminGateway.Token }, ("Origin", AdminGateway.Listed));
        Assert.Equal(HttpStatusCode.Forbidden, login.StatusCode);
        Assert.False(login.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task ListedOrigin_Preflight_AllowsTheTokenAndNotTheProofOfChanges()
    {
        using var response = await SendAsync("options", "/api/v1/containers", ("Origin", AdminGateway.Listed), ("Access-Control-Request-Method", "POST"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("Authorization, Content-Type", Header(response, "Access-Control-Allow-Headers"));
        Assert.Equal("GET, POST, DELETE", Header(response, "Access-Control-Allow-Methods"));
    }

    [Fact]
    public async Task Login_ByToken_SetsACookieThatScriptsAndOtherSitesCannotUse()
    {
        using var response = await SendAsync("post", "/login", new { secret = AdminGateway.Token }, ("Origin", gateway.Origin));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        var cookie = Header(response, "Set-Cookie");
        Assert.StartsWith($"{LoginCookie.Name}=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.Ordinal);
        Assert.Contains("max-age=43200", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://ops.example.org")]
    public async Task Login_WithoutThePagesOrigin_IsForbidden(string? origin)
    {
        using var response = await SendAsync("post", "/login", new { secret = AdminGateway.Token }, origin is null ? [] : [("Origin", origin)]);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Login_LargeBody_IsRefused()
    {
        using var response = await SendAsync("post", "/login", new { secret = new string('x', 10_000) }, ("Origin", gateway.Origin));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Cookie_Reads_AndChangesNothingWithoutCsrf()
    {
        var cookie = await LogInAsync(AdminGateway.Token);
        using var me = await SendAsync("get", "/api/v1/me", ("Cookie", cookie));
        var view = (await me.Content.ReadFromJsonAsync(AdminJson.Default.MeView))!;
        Assert.Equal(("operator", "g1"), (view.Name, view.Gateway));

        using var without = await SendAsync("post", "/api/v1/tickets", ("Cookie", cookie));
        using var wrong = await SendAsync("post", "/api/v1/tickets", ("Cookie", cookie), (AdminRoutes.CsrfHeader, "x" + view.Csrf));
        using var right = await SendAsync("post", "/api/v1/tickets", ("Cookie", cookie), (AdminRoutes.CsrfHeader, view.Csrf!), ("Origin", gateway.Origin));
        Assert.Equal(
            (HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Created), (without.StatusCode, wrong.StatusCode, right.StatusCode));
    }

    [Theory]
    [InlineData("same-origin", HttpStatusCode.OK)]
    [InlineData("none", HttpStatusCode.OK)]
    [InlineData("same-site", HttpStatusCode.Unauthorized)]
    [InlineData("cross-site", HttpStatusCode.Unauthorized)]
    public async Task Cookie_FromAnotherPage_IsNoProof(string site, HttpStatusCode expected)
    {
        using var response = await SendAsync("get", "/api/v1/me", ("Cookie", await LogInAsync(AdminGateway.Token)), ("Sec-Fetch-Site", site));
        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task TokenInTheHeader_NeedsNoCsrf()
    {
        using var me = await SendAsync("get", "/api/v1/me", ("Authorization", Bearer));
        Assert.Null((await me.Content.ReadFromJsonAsync(AdminJson.Default.MeView))!.Csrf);
        using var ticket = await SendAsync("post", "/api/v1/tickets", ("Authorization", Bearer));
        Assert.Equal(HttpStatusCode.Created, ticket.StatusCode);
    }

    [Fact]
    public async Task Ticket_LogsInOnce()
    {
        using var answer = await gateway.Local.PostAsync(new Uri(AdminRoutes.Tickets, UriKind.Relative), content: null);
        var ticket = (await answer.Content.ReadFromJsonAsync(AdminJson.Default.LoginTicket))!;
        Assert.StartsWith($"{gateway.Origin}/#login=", ticket.Url, StringComparison.Ordinal);
        var secret = ticket.Url[(ticket.Url.IndexOf('=', StringComparison.Ordinal) + 1)..];
        Assert.NotEmpty(await LogInAsync(secret));
        using var again = await SendAsync("post", "/login", new { secret }, ("Origin", gateway.Origin));
        Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        Assert.False(again.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Logout_ForgetsTheCookie()
    {
        var cookie = await LogInAsync(AdminGateway.Token);
        using var me = await SendAsync("get", "/api/v1/me", ("Cookie", cookie));
        var csrf = (await me.Content.ReadFromJsonAsync(AdminJson.Default.MeView))!.Csrf!;
        using var response = await SendAsync("post", "/logout", ("Cookie", cookie), (AdminRoutes.CsrfHeader, csrf));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Contains("max-age=0", Header(response, "Set-Cookie"), StringComparison.Ordinal);
    }

    [Fact]
    public void Terminals_OpenWhereTheListenerReallyIs() => Assert.NotEqual(0, new Uri(Assert.Single(gateway.Streams)).Port);

    [Fact]
    public async Task UnixSocket_NeedsNoProof_AndHasNoPage()
    {
        using var me = await gateway.Local.GetAsync(new Uri("/api/v1/me", UriKind.Relative));
        using var page = await gateway.Local.GetAsync(new Uri("/", UriKind.Relative));
        using var login = await gateway.Local.PostAsJsonAsync(new Uri("/login", UriKind.Relative), new { secret = AdminGateway.Token });
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.NotFound), (me.StatusCode, page.StatusCode, login.StatusCode));
        Assert.Equal(404, (await ProblemAsync(page)).Status);
    }

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Parameter();

    private static string Header(HttpResponseMessage response, string name) => string.Join(", ", response.Headers.GetValues(name));

    private static async Task<Problem> ProblemAsync(HttpResponseMessage response)
    {
        Assert.Equal(AdminRoutes.ProblemMediaType, response.Content.Headers.ContentType?.MediaType);
        return (await response.Content.ReadFromJsonAsync(AdminJson.Default.Problem))!;
    }

    private async Task<string> LogInAsync(string secret)
    {
        using var response = await SendAsync("post", "/login", new { secret }, ("Origin", gateway.Origin));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        return Header(response, "Set-Cookie").Split(';')[0];
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers) => SendAsync(method, path, body: null, headers);

    private async Task<HttpResponseMessage> SendAsync(string method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await gateway.Tcp.SendAsync(request);
    }
}
