using System.Globalization;
using CriAttach.Testing.Processes;
using Microsoft.Playwright;

namespace CriAttach.Browser.Tests;

/// <summary>The dashboard in one tab: what a person does, and sees.</summary>
public sealed class DashboardPage : IAsyncDisposable
{
    private const string Screen = ".xterm-accessibility-tree";
    private const string Lines =
        "() => [...document.querySelectorAll('.xterm-accessibility-tree > div')].map(row => row.innerText.replaceAll('\u00a0', ' ').trimEnd()).join('\\n').trimEnd()";

    private static readonly string[] Unavoidable = ["net::ERR_", "Failed to load resource", "WebSocket connection"];

    private readonly IBrowserContext _context;
    private readonly List<string> _faults = [];

    private DashboardPage(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        page.PageError += (_, fault) => _faults.Add(fault);
        page.Console += (_, message) =>
        {
            // What the browser itself writes when a gateway is gone.
            if (message.Type == "error" && !Unavoidable.Any(one => message.Text.Contains(one, StringComparison.Ordinal)))
            {
                _faults.Add(message.Text);
            }
        };
    }

    /// <summary>The tab.</summary>
    public IPage Page { get; }

    /// <summary>What went wrong in the page's own scripts, and what its policy refused.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Opens the dashboard of a gateway by a login address, as a new person.</summary>
    /// <param name="chromium">The browser.</param>
    /// <param name="gateway">The gateway.</param>
    /// <param name="route">Which page.</param>
    /// <param name="script">What is to run before the page's own scripts.</param>
    public static async Task<DashboardPage> OpenAsync(Chromium chromium, GatewayProcess gateway, string route = "#/", string? script = null)
    {
        var context = await chromium.PersonAsync();

        // With it the screen's text is in the document.
        await context.AddInitScriptAsync(script ?? "localStorage.setItem('criattach.screenReader', 'true')");
        var dashboard = new DashboardPage(context, await context.NewPageAsync());
        var login = await gateway.Admin.LoginUrlAsync();
        await dashboard.Page.GotoAsync(login);
        await dashboard.Page.GetByTestId("page-overview").WaitForAsync();
        dashboard._faults.Clear();
        await dashboard.GoAsync(route);
        return dashboard;
    }

    /// <summary>Goes to a page.</summary>
    /// <param name="route">Which one.</param>
    public Task GoAsync(string route) => Page.EvaluateAsync("route => { location.hash = route }", route);

    /// <summary>Goes to a container's page, and waits until its output is there.</summary>
    /// <param name="container">The container.</param>
    public async Task WatchAsync(TestContainer container)
    {
        await GoAsync($"#/containers/{container.View.Node}/{container.Id}");
        await StateAsync("live");
    }

    /// <summary>Asks for the right to type.</summary>
    public async Task HelpAsync()
    {
        await Page.GetByTestId("terminal-help").ClickAsync();
        await Page.Locator("[data-testid=terminal-pane][data-mode=help] [data-state=live]").WaitForAsync();
    }

    /// <summary>Types into the terminal.</summary>
    /// <param name="text">The text.</param>
    public async Task TypeAsync(string text)
    {
        await Page.GetByTestId("terminal").ClickAsync();
        await Page.Keyboard.TypeAsync(text);
    }

    /// <summary>Waits until the terminal is in a state.</summary>
    /// <param name="state">The state.</param>
    public Task StateAsync(string state) => Page.Locator($"[data-testid=terminal-state][data-state={state}]").First.WaitForAsync();

    /// <summary>Waits until the screen shows a text.</summary>
    /// <param name="text">The text.</param>
    public async Task SeesAsync(string text) => await Page.WaitForFunctionAsync(
        $"text => document.querySelector('{Screen}')?.innerText.includes(text)", text);

    /// <summary>The terminal's columns and rows, as "80×24".</summary>
    public async Task<string> SizeAsync() => (await Page.GetByTestId("terminal-size").InnerTextAsync()).Split(' ')[0].Trim();

    /// <summary>What the screen shows.</summary>
    public Task<string> ScreenAsync() => Page.Locator(Screen).InnerTextAsync();

    /// <summary>The lines that the screen shows, without blanks at their ends.</summary>
    public Task<string> LinesAsync() => Page.EvaluateAsync<string>(Lines);

    /// <summary>Waits until the screen shows lines.</summary>
    /// <param name="lines">The lines.</param>
    public async Task ShowsLinesAsync(string lines)
    {
        try
        {
            await Page.WaitForFunctionAsync($"lines => ({Lines})() === lines", lines);
        }
        catch (TimeoutException)
        {
            Assert.Equal(lines, await LinesAsync());
        }
    }

    /// <summary>Waits until an element is there.</summary>
    /// <param name="testId">Its name.</param>
    public Task ShowsAsync(string testId) => Page.GetByTestId(testId).First.WaitForAsync();

    /// <summary>Waits until an element is gone.</summary>
    /// <param name="testId">Its name.</param>
    public Task HidesAsync(string testId) => Page.GetByTestId(testId).First.WaitForAsync(new LocatorWaitForOptions { State = WaitForSelectorState.Detached });

    /// <summary>A number that the page shows.</summary>
    /// <param name="testId">The element's name.</param>
    /// <param name="attribute">Where it stands.</param>
    public async Task<long> NumberAsync(string testId, string attribute) =>
        long.Parse(await Page.GetByTestId(testId).First.GetAttributeAsync(attribute) ?? "", CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
