using System.Text.Json;
using CriAttach.AdminApi;
using CriAttach.Testing;
using CriAttach.Testing.Processes;
using Microsoft.Playwright;

namespace CriAttach.Browser.Tests;

/// <summary>The pages around the terminal.</summary>
public sealed class PageTests(DashboardCluster cluster, Chromium chromium)
{
    private CriAttachProcesses Processes => cluster.Processes;

    [Fact]
    public async Task ContainerList_FiltersAndChangesByItself()
    {
        await using var first = await Processes.RunAsync(["cat"], new CreateContainerBody { Stdin = true, Name = "list-one" });
        await using var ann = await DashboardPage.OpenAsync(chromium, Processes.Gateways[0], "#/containers");
        await ann.Page.GetByTestId("filter").FillAsync("list-");
        await ann.Page.GetByTestId("container").GetByText("list-one").WaitForAsync();
        await using (await Processes.RunAsync(["cat"], new CreateContainerBody { Stdin = true, Name = "list-two", Node = "n2" }))
        {
            await ann.Page.GetByTestId("container").GetByText("list-two").WaitForAsync();
        }

        await ann.Page.GetByTestId("container").GetByText("list-two").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        Assert.Empty(ann.Faults);
    }

    [Fact]
    public async Task Overview_ShowsNodesAndWhoComes()
    {
        await using var ann = await DashboardPage.OpenAsync(chromium, Processes.Gateways[0]);
        await ann.Page.WaitForFunctionAsync("() => document.querySelectorAll('[data-testid=node]').length === 2");
        await ann.GoAsync("#/sessions");
        await using var container = await Processes.RunAsync(["cat"]);
        await using var client = await container.AttachAsync(new AttachBody { Stdin = true, Stdout = true, Client = "Someone else" });
        await ann.Page.GetByText("Someone else").First.WaitForAsync();
    }

    /// <summary>What axe calls serious or critical, on every page, light and dark, wide and narrow.</summary>
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Pages_HaveNoSeriousAccessibilityFaultAndNothingIsCutOff(ColorScheme scheme, int width)
    {
        var axe = await File.ReadAllTextAsync(Path.Combine(Repository.Top, "Dashboard/node_modules/axe-core/axe.min.js"));
        await using var container = await Processes.ShellAsync("echo hello; read -r line", new CreateContainerBody { Stdin = true, Tty = true });
        await using var ann = await DashboardPage.OpenAsync(chromium, Processes.Gateways[0]);
        await ann.Page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
        await ann.Page.SetViewportSizeAsync(width, 800);
        string[] pages = ["overview", "containers", "sessions", "recordings", "terminals"];
        foreach (var (route, testId) in pages.Select(page => ($"#/{(page == "overview" ? "" : page)}", $"page-{page}")).Append(($"#/containers/{container.View.Node}/{container.Id}", "page-container")))
        {
            await ann.GoAsync(route);
            await ann.ShowsAsync(testId);
            await ann.Page.EvaluateAsync(axe);
            var faults = await ann.Page.EvaluateAsync<JsonElement>(
                "async () => (await axe.run()).violations.filter(one => ['serious', 'critical'].includes(one.impact)).map(one => `${one.id}: ${one.nodes.map(node => node.target).join(' ')}`)");
            Assert.True(faults.GetArrayLength() == 0, $"{route}: {faults}");
            Assert.True(await ann.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{route} is wider than {width} pixels.");
        }
    }
}
