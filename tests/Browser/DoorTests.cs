using CriAttach.Testing.Dashboard;
using CriAttach.Testing.Processes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace CriAttach.Browser.Tests;

/// <summary>Who gets in, as browsers have it.</summary>
public sealed class DoorTests(DashboardCluster cluster, Chromium chromium)
{
    private CriAttachProcesses Processes => cluster.Processes;

    [Fact]
    public async Task Token_LogsIn_AndLogoutForgetsIt()
    {
        await using var person = await chromium.PersonAsync();
        var page = await person.NewPageAsync();
        await page.GotoAsync(Processes.Gateways[0].Dashboard.Url.AbsoluteUri);
        await page.Locator("input[type=password]").FillAsync(DashboardServer.Token);
        await page.Keyboard.PressAsync("Enter");
        await page.GetByTestId("page-overview").WaitForAsync();
        await page.GetByTestId("logout").ClickAsync();
        await page.Locator("input[type=password]").WaitForAsync();
        var answer = await page.EvaluateAsync<int>("async () => (await fetch('/api/v1/nodes')).status");
        Assert.Equal(401, answer);
    }

    [Fact]
    public async Task LoginAddress_IsGoodOnce()
    {
        var login = await Processes.Admin.LoginUrlAsync();
        await using var first = await chromium.PersonAsync();
        var page = await first.NewPageAsync();
        await page.GotoAsync(login);
        await page.GetByTestId("page-overview").WaitForAsync();
        Assert.DoesNotContain("login=", page.Url, StringComparison.Ordinal);
        await using var second = await chromium.PersonAsync();
        page = await second.NewPageAsync();
        await page.GotoAsync(login);
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        Assert.Equal(0, await page.GetByTestId("page-overview").CountAsync());
    }

    /// <summary>The person is logged in, and opens a page that somebody else made.</summary>
    [Fact]
    public async Task PageOfAnotherSite_CanNeitherReadNorChangeNorOpenATerminal()
    {
        await using var container = await Processes.RunAsync(["cat"]);
        await using var site = await OtherSiteAsync();
        await using var ann = await DashboardPage.OpenAsync(chromium, Processes.Gateways[0]);
        var other = await ann.Page.Context.NewPageAsync();
        await other.GotoAsync(site.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single().Replace("127.0.0.1", "localhost", StringComparison.Ordinal));
        var results = await other.EvaluateAsync<string[]>(
            """
            async ([api, container]) => {
              const attempt = action => action().then(() => 'got through', fault => fault.name);
              const read = url => attempt(() => fetch(url, { credentials: 'include' }).then(answer => answer.text()));
              const events = () => new Promise((heard, refused) => {
                const source = new EventSource(`${api}api/v1/events`, { withCredentials: true });
                source.addEventListener('hello', () => heard());
                source.onerror = () => { source.close(); refused(new TypeError()); };
              });
              return [
                await read(`${api}api/v1/containers`),
                await attempt(events),
                await attempt(() => fetch(`${api}api/v1/containers/${container}/attach`, { method: 'POST', credentials: 'include', headers: { 'Content-Type': 'application/json' }, body: '{"stdin":true,"stdout":true}' })),
                await attempt(() => fetch(`${api}api/v1/containers/${container}/stop`, { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' })).then(() => 'TypeError'),
              ];
            }
            """,
            new[] { Processes.Gateways[0].Dashboard.Url.AbsoluteUri, container.Id });
        Assert.All(results, result => Assert.Equal("TypeError", result));

        // What a browser sends without asking changed nothing, and opened nothing.
        Assert.Equal(AdminApi.ContainerPhase.Running, (await container.InspectAsync()).State);
        Assert.DoesNotContain((await Processes.Admin.SessionsAsync()).Sessions, session => session.Container == container.Id);
    }

    private static async Task<WebApplication> OtherSiteAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var site = builder.Build();
        site.Run(context => context.Response.WriteAsync("<!doctype html><title>another site</title>"));
        await site.StartAsync();
        return site;
    }
}
