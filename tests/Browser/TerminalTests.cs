using CriAttach.AdminApi;
using CriAttach.Testing.Kube;
using CriAttach.Testing.Processes;

namespace CriAttach.Browser.Tests;

/// <summary>The terminal of the dashboard on real containers.</summary>
public sealed class TerminalTests(DashboardCluster cluster, Chromium chromium)
{
    private const string Shell = "while printf '$ ' && read -r line; do eval \"$line\"; done";
    private static readonly CreateContainerBody Terminal = new() { Stdin = true, Tty = true };

    // When Ctrl-C was pressed, and when PID 1's answer was in the page: by the page's own clock, and without the mode for screen readers.
    private const string KeyToAnswer = """
        addEventListener('keydown', event => { if (event.ctrlKey && event.key.toLowerCase() === 'c') window.pressedAt = performance.now(); }, true);
        new MutationObserver(() => document.querySelectorAll('[data-testid=terminal]').forEach(box => box.dataset.tap = '')).observe(document, { childList: true, subtree: true });
        let tail = '';
        addEventListener('criattach:bytes', event => {
          if (!window.pressedAt || window.answeredAt) return;
          tail = tail.slice(-16) + new TextDecoder('latin1').decode(event.detail);
          if (tail.includes('INTERRUPTED')) window.answeredAt = performance.now();
        });
        """;

    private CriAttachProcesses Processes => cluster.Processes;

    [Fact]
    public async Task WatchFirst_ThenHelp_WhatIsTypedRunsAndIsSeen()
    {
        await using var container = await Processes.ShellAsync(Shell, Terminal);
        await using var ann = await DashboardPage.OpenAsync(chromium, Processes.Gateways[0]);
        await ann.WatchAsync(container);
        await ann.HelpAsync();
        await ann.TypeAsync("echo $((6 * 7))\n");
        await ann.SeesAsync("42");
        Assert.Empty(ann.Faults);
    }

    [Fact]
    public async Task WindowChanges_TheTerminalHasItsSizeAndObserversFollow()
    {
        await using var container = await Processes.ShellAsync(Shell, Terminal);
        await using var ann = await DashboardPage.OpenAsync(chromium, Processes.Gateways[0]);
        await using var eve = await DashboardPage.OpenAsync(chromium, Processes.Gateways[1]);
        await ann.WatchAsync(container);
        await eve.WatchAsync(container);
        await ann.HelpAsync();
        var before = await ann.SizeAsync();
        await ann.Page.SetViewportSizeAsync(1000, 700);
        await ann.Page.WaitForFunctionAsync("before => !document.querySelector('[data-testid=terminal-size]').innerText.startsWith(before)", before);
        var size = await ann.SizeAsync();
        await eve.Page.WaitForFunctionAsync("size => document.querySelector('[data-testid=terminal-size]').innerText.startsWith(size)", size);
        await ann.TypeAsync("stty size\n");
        await ann.SeesAsync(string.Join(' ', size.Split('×').Reverse()));
    }

    [Fact]
    public async Task TwoDashboardsAndKubectl_InputIsHandedOverAndEachIsToldWhyItEnded()
    {
        await using var container = await Processes.ShellAsync(Shell, Terminal with { Name = "shared" });
        await using var ann = await DashboardPage.OpenAsync(chromium, Processes.Gateways[0]);
        await using var bob = await DashboardPage.OpenAsync(chromium, Processes.Gateways[1]);
        await ann.WatchAsync(container);
        await ann.HelpAsync();
        await bob.WatchAsync(container);
        await bob.HelpAsync();
        await using var kubectl = Kubectl.Debian().StartOnTerminal(Processes.Gateways[1].Kube, 24, 80, "attach", "-it", "shared");
        await ann.Page.WaitForFunctionAsync("() => document.querySelectorAll('[data-testid=person]').length === 3");
        await bob.Page.GetByTestId("take-input").First.ClickAsync();
        await ann.ShowsAsync("terminal-no-input");
        await ann.TypeAsync("echo not-heard\n");
        await kubectl.InputAsync("echo nor-this\n");
        await bob.TypeAsync("echo hea''rd\n");
        await ann.SeesAsync("heard");
        var screen = await ann.ScreenAsync();
        Assert.DoesNotContain("not-heard", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("nor-this", screen, StringComparison.Ordinal);
        await bob.Page.GetByTestId("release-input").First.ClickAsync();
        await ann.HidesAsync("terminal-no-input");
        await ann.TypeAsync("exit 3\n");
        await ann.ShowsAsync("terminal-end");
        Assert.Contains("3", await ann.Page.GetByTestId("terminal-end").InnerTextAsync(), StringComparison.Ordinal);
        await bob.ShowsAsync("terminal-end");
        await kubectl.ExitAsync();
    }

    [Fact]
    public async Task GatewayIsKilled_TheTerminalGoesOnByTheOther()
    {
        await using var container = await Processes.ShellAsync(Shell, Terminal);
        await using var ann = await DashboardPage.OpenAsync(chromium, Processes.Gateways[0]);
        await ann.WatchAsync(container);
        await ann.HelpAsync();
        await ann.TypeAsync("echo be''fore\n");
        await ann.SeesAsync("before");
        await Processes.Gateways[0].Host.KillAsync();
        try
        {
            await ann.TypeAsync("echo af''ter\n");
            await ann.SeesAsync("after");
            await ann.StateAsync("live");
            await ann.ShowsAsync("banner");
            Assert.Contains("before", await ann.ScreenAsync(), StringComparison.Ordinal);
        }
        finally
        {
            await Processes.Gateways[0].Host.StartAsync();
            await Processes.ReadyAsync();
        }

        await ann.HidesAsync("banner");
        Assert.Empty(ann.Faults);
    }

    [Fact]
    public async Task Yes_IsStoppedByCtrlCWithinASecond()
    {
        await using var container = await Processes.ShellAsync("trap 'echo; echo INTERRUPTED' INT; while read -r line; do $line; done", Terminal);
        await using var ann = await DashboardPage.OpenAsync(chromium, Processes.Gateways[0], script: KeyToAnswer);
        await ann.WatchAsync(container);
        await ann.HelpAsync();
        await ann.TypeAsync("yes\n");
        await ann.Page.WaitForFunctionAsync("() => Number(document.querySelector('[data-testid=terminal-bytes]').dataset.bytes) > 2e6");
        await ann.Page.Keyboard.PressAsync("Control+C");
        await ann.Page.WaitForFunctionAsync("() => window.answeredAt");
        var took = await ann.Page.EvaluateAsync<double>("() => window.answeredAt - window.pressedAt");
        Assert.True(took < 1000, $"It took {took} ms.");
    }

    [Fact]
    public async Task HostileOutputAndNames_DoNoHarm()
    {
        const string markup = "<img src=x onerror=\"document.title='owned'\">";
        await using var container = await Processes.ShellAsync(Shell, Terminal with { Labels = new Dictionary<string, string> { ["note"] = markup } });
        await using var ann = await DashboardPage.OpenAsync(chromium, Processes.Gateways[0]);
        await ann.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await ann.WatchAsync(container);
        await ann.HelpAsync();
        await ann.Page.EvaluateAsync("() => navigator.clipboard.writeText('untouched')");
        await ann.TypeAsync("printf '\\033]52;c;b3duZWQ=\\007\\033]2;<b>title</b>\\007done\\n'\n");
        await ann.SeesAsync("done");
        await ann.Page.WaitForFunctionAsync("() => document.querySelector('[data-testid=terminal-title]')?.textContent === '<b>title</b>'");
        Assert.Equal("untouched", await ann.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
        Assert.Contains(markup, await ann.Page.Locator("body").InnerTextAsync(), StringComparison.Ordinal);
        Assert.NotEqual("owned", await ann.Page.TitleAsync());
        Assert.Empty(ann.Faults);
    }

    [Fact]
    public async Task OperatorEndsASession_ThePageSaysWhy()
    {
        await using var container = await Processes.ShellAsync(Shell, Terminal);
        await using var ann = await DashboardPage.OpenAsync(chromium, Processes.Gateways[0]);
        await ann.WatchAsync(container);
        var session = (await Processes.Admin.SessionsAsync()).Sessions.Single(one => one.Container == container.Id);
        await Processes.Admin.EndSessionAsync(session, "the shift is over");
        await ann.ShowsAsync("terminal-end");
        Assert.Contains("the shift is over", await ann.Page.GetByTestId("terminal-end").InnerTextAsync(), StringComparison.Ordinal);
    }
}
