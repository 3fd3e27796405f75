using System.Net;
using System.Net.Http.Json;
using CriAttach.AdminApi;

namespace CriAttach.Gateway.Tests.Admin;

/// <summary>The page's own origin is the proxy's, and logins travel over TLS only.</summary>
public sealed class ProxyTests(BehindProxy gateway) : IClassFixture<BehindProxy>
{
    [Fact]
    public async Task Login_FromTheProxysOrigin_SetsASecureCookie()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/login") { Content = JsonContent.Create(new { secret = AdminGateway.Token }) };
        request.Headers.TryAddWithoutValidation("Origin", BehindProxy.Url);
        using var response = await gateway.Tcp.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Contains("secure", Assert.Single(response.Headers.GetValues("Set-Cookie")), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Ticket_LeadsToTheProxy()
    {
        using var answer = await gateway.Local.PostAsync(new Uri(AdminRoutes.Tickets, UriKind.Relative), content: null);
        var ticket = (await answer.Content.ReadFromJsonAsync(AdminJson.Default.LoginTicket))!;
        Assert.StartsWith($"{BehindProxy.Url}/#login=", ticket.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfTheSameHostWithoutTls_IsAStranger()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        request.Headers.TryAddWithoutValidation("Origin", BehindProxy.Url.Replace("https:", "http:", StringComparison.Ordinal));
        using var response = await gateway.Tcp.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }
}
