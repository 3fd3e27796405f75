using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CriAttach.AdminApi;
using CriAttach.Conformance.Tests.Gateways;
using CriAttach.Conformance.Tests.Peers;
using CriAttach.Interfaces.Containers;

namespace CriAttach.Conformance.Tests;

/// <summary>The admin API with a node behind it: lists by the page, problems, and the feed.</summary>
public sealed class AdminApiTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task List_FiltersAndPages()
    {
        var pod = $"p{Guid.NewGuid():N}";
        for (var number = 0; number < 5; number++)
        {
            gateway.Node.Add(new ContainerSpec
            {
                PodNamespace = "paged",
                PodName = pod,
                Labels = new Dictionary<string, string> { ["odd"] = $"{number % 2 == 1}" },
            });
        }

        var first = await ListAsync($"?namespace=paged&pod={pod}&limit=2");
        var second = await ListAsync($"?namespace=paged&pod={pod}&limit=2&continue={first.Continue}");
        var third = await ListAsync($"?namespace=paged&pod={pod}&limit=2&continue={second.Continue}");
        Assert.Equal((2, 2, 1, 5), (first.Containers.Count, second.Containers.Count, third.Containers.Count, third.Total));
        Assert.Null(third.Continue);
        Assert.Equal(5, first.Containers.Concat(second.Containers).Concat(third.Containers).Select(container => container.Id).Distinct().Count());
        Assert.Equal(2, (await ListAsync($"?pod={pod}&label=odd%3DTrue&label=odd&state=running")).Total);
        Assert.Equal(5, (await ListAsync($"?text={pod.ToUpperInvariant()}&state=")).Total);
        Assert.Equal(0, (await ListAsync($"?pod={pod}&state=exited")).Total);
    }

    [Theory]
    [InlineData("GET", "/api/v1/containers?limit=0", 400)]
    [InlineData("GET", "/api/v1/containers?limit=x", 400)]
    [InlineData("GET", "/api/v1/containers?state=asleep", 400)]
    [InlineData("GET", "/api/v1/containers?state=1", 400)]
    [InlineData("GET", "/api/v1/sessions?state=asleep", 400)]
    [InlineData("GET", "/api/v1/containers?continue=x", 400)]
    [InlineData("GET", "/api/v1/containers?label=", 400)]
    [InlineData("GET", "/api/v1/containers/nobody", 404)]
    [InlineData("GET", "/api/v1/nowhere", 404)]
    [InlineData("PUT", "/api/v1/nodes", 405)]
    [InlineData("POST", "/api/v1/containers", 415)]
    public async Task WhatCannotBe_IsAProblem(string method, string path, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Parse(method), path);
        if (method == "POST")
        {
            request.Content = new StringContent("{}");
        }

        using var response = await gateway.Admin.SendAsync(request);
        await AssertProblemAsync(response, status);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"stdin":"yes"}""")]
    [InlineData("")]
    public async Task BodyThatIsNotUnderstood_IsAProblem(string body)
    {
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var response = await gateway.Admin.PostAsync(new Uri("/api/v1/containers/x/attach", UriKind.Relative), content);
        await AssertProblemAsync(response, 400);
    }

    [Fact]
    public async Task Feed_TellsWhatIs_WhatComes_AndHowASessionEnded()
    {
        var container = gateway.Run();
        await using var feed = await FeedClient.OpenAsync(gateway.Admin);
        await feed.UntilAsync(FeedEvents.Hello, _ => true);
        await feed.UntilAsync(FeedEvents.Nodes, data => Has(data, "nodes", "name", "n1"));
        await feed.UntilAsync(FeedEvents.Containers, data => Has(data, "set", "id", container.Info.Key.ContainerId));
        await feed.UntilAsync(FeedEvents.Synced, _ => true);

        var later = gateway.Run();
        await feed.UntilAsync(FeedEvents.Containers, data => Has(data, "set", "id", later.Info.Key.ContainerId));
        string session;
        using (await gateway.AttachAsync(container))
        {
            var view = await feed.UntilAsync(
                FeedEvents.Sessions, data => Has(data, "set", "container", container.Info.Key.ContainerId) && Has(data, "set", "state", "claimed"));
            session = view.GetProperty("set").EnumerateArray().Single().GetProperty("id").GetString()!;
        }

        var ended = await feed.UntilAsync(FeedEvents.Sessions, data => Has(data, "set", "id", session) && Has(data, "set", "state", "ended"));
        Assert.Equal("clientGone", ended.GetProperty("set").EnumerateArray().Single().GetProperty("cause").GetString());
        var figures = await feed.UntilAsync(FeedEvents.Gateway, _ => true);
        Assert.True(figures.TryGetProperty("outputBytes", out _));
    }

    [Fact]
    public async Task Feed_IsForThoseWhoMaySeeIt()
    {
        using var http = new HttpClient();
        using var response = await http.GetAsync(new Uri($"http://127.0.0.1:{gateway.AdminPort}/api/v1/events"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static bool Has(JsonElement data, string list, string name, string value) =>
        data.GetProperty(list).EnumerateArray().Any(item => item.TryGetProperty(name, out var found) && found.GetString() == value);

    private static async Task AssertProblemAsync(HttpResponseMessage response, int status)
    {
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(AdminRoutes.ProblemMediaType, response.Content.Headers.ContentType?.MediaType);
        var problem = (await response.Content.ReadFromJsonAsync(AdminJson.Default.Problem))!;
        Assert.Equal(status, problem.Status);
        Assert.NotEmpty(problem.Title);
        Assert.NotEmpty(problem.Detail);
    }

    private async Task<ContainerList> ListAsync(string query) =>
        (await gateway.Admin.GetFromJsonAsync(AdminRoutes.Containers + query, AdminJson.Default.ContainerList))!;
}
