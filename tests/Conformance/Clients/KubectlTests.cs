using CriAttach.AdminApi;
using CriAttach.Testing.Kube;
using CriAttach.Testing.Processes;

namespace CriAttach.Conformance.Tests.Clients;

/// <summary>What kubectl shows of a gateway that plays the API server.</summary>
[Collection(ClientCluster.Name)]
public sealed class KubectlTests(ClientCluster cluster)
{
    private readonly Kubectl _kubectl = Kubectl.Debian();

    [Fact]
    public async Task GetPods_OfAllNodes_AsUsual()
    {
        await using var one = await SleeperAsync("web", "n1");
        await using var two = await SleeperAsync("db", "n2");
        var (code, output, errors) = await _kubectl.RunAsync(cluster.Tls, "get", "pods", "-A", "-o", "wide");
        Assert.True(code == 0 && errors.Length == 0, errors);
        Assert.Matches(@"NAMESPACE +NAME +READY +STATUS +RESTARTS +AGE +IP +NODE +NOMINATED NODE +READINESS GATES", output);
        Assert.Matches(@"default +db +1/1 +Running +0 +\d+s +<none> +n2 ", output);
        Assert.Matches(@"default +web +1/1 +Running +0 +\d+s +<none> +n1 ", output);
    }

    [Theory]
    [InlineData("pods", "--field-selector", "spec.nodeName=n2", "pod/db-1")]
    [InlineData("pods", "--selector", "tier in (a, b)", "pod/web-1")]
    [InlineData("pods", "--selector", "!tier", "pod/db-1")]
    public async Task GetPods_Selected(string resource, string option, string selector, string expected)
    {
        await using var one = await SleeperAsync("web-1", "n1", new Dictionary<string, string> { ["tier"] = "a" });
        await using var two = await SleeperAsync("db-1", "n2");
        Assert.Equal((0, expected + "\n", ""), await _kubectl.RunAsync(cluster.Tls, "get", resource, option, selector, "-o", "name"));
    }

    [Theory]
    [InlineData("json", "\"phase\": \"Running\"")]
    [InlineData("yaml", "phase: Running")]
    public async Task GetPod_AsDocument(string format, string part)
    {
        await using var pod = await SleeperAsync("doc", "n2");
        var (code, output, errors) = await _kubectl.RunAsync(cluster.Tls, "get", "pod", "doc", "-o", format);
        Assert.True(code == 0, errors);
        Assert.Contains(part, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DescribePod_Works()
    {
        await using var pod = await SleeperAsync("described", "n1");
        var (code, output, errors) = await _kubectl.RunAsync(cluster.Tls, "describe", "pod", "described");
        Assert.True(code == 0, errors);
        Assert.Matches(@"Node: +n1", output);
        Assert.Matches(@"Events: +<none>", output);
    }

    [Fact]
    public async Task OtherResources_Listed()
    {
        Assert.Equal((0, "node/n1\nnode/n2\n", ""), await _kubectl.RunAsync(cluster.Tls, "get", "nodes", "-o", "name"));
        Assert.Equal((0, "namespace/default\n", ""), await _kubectl.RunAsync(cluster.Tls, "get", "namespaces", "-o", "name"));
    }

    [Theory]
    [InlineData("Error from server (NotFound): pods \"nobody\" not found\n", "get", "pod", "nobody")]
    [InlineData("Error from server (NotFound): pods \"nobody\" not found\n", "logs", "nobody")]
    [InlineData("Error from server (NotFound): pods \"nobody\" not found\n", "attach", "nobody")]
    [InlineData("Error from server (BadRequest): Unable to find \"/v1, Resource=pods\" that match label selector \"\", field selector \"spec.color=red\": field label not supported: spec.color\n", "get", "pods", "--field-selector", "spec.color=red")]
    public async Task Faults_AsAnApiServerSaysThem(string expected, params string[] arguments)
    {
        var (code, _, errors) = await _kubectl.RunAsync(cluster.Tls, arguments);
        Assert.Equal((1, expected), (code, errors));
    }

    [Fact]
    public async Task WithoutToken_Unauthorized()
    {
        await using var client = ClientProcess.Start(
            Kubectl.DebianPath, ["--server", cluster.Plain.Url.AbsoluteUri, "--cache-dir", cluster.Plain.ConfigFile + ".none", "get", "pods"]);
        client.EndInput();
        Assert.Equal(1, await client.ExitAsync());
        Assert.Contains("Unauthorized", client.Errors.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_TellsComingChangeAndGoing()
    {
        await using var watch = _kubectl.Start(cluster.Tls, "get", "pods", "--watch", "--no-headers");
        await using (var pod = await cluster.Processes.ShellAsync("read go; exit 3", new CreateContainerBody { Name = "watched", Node = "n2", Stdin = true }))
        {
            await watch.Output.ContainsAsync("watched   1/1");
            await using var client = _kubectl.Start(cluster.Tls, "attach", "-i", "watched");
            await client.InputAsync("go\n");
            await watch.Output.ContainsAsync("watched   0/1   Error");
        }
    }

    [Fact]
    public async Task Logs_TailTimestampsAndLimit()
    {
        await using var pod = await cluster.Processes.ShellAsync(
            "for i in 1 2 3 4; do echo line $i; done; echo last; printf end", new CreateContainerBody { Name = "logged", Node = "n1" });
        await pod.ExitedAsync(TimeSpan.FromSeconds(20));
        Assert.Equal((0, "line 1\nline 2\nline 3\nline 4\nlast\nend", ""), await _kubectl.RunAsync(cluster.Tls, "logs", "logged"));
        Assert.Equal((0, "last\nend", ""), await _kubectl.RunAsync(cluster.Tls, "logs", "--tail", "2", "logged"));
        Assert.Equal((0, "line 1\nli", ""), await _kubectl.RunAsync(cluster.Tls, "logs", "--limit-bytes", "9", "logged"));
        var (_, dated, _) = await _kubectl.RunAsync(cluster.Tls, "logs", "--timestamps", "--tail", "3", "logged");
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z line 4\n\S+Z last\n\S+Z end$", dated);
        Assert.Equal((0, "", ""), await _kubectl.RunAsync(cluster.Tls, "logs", "--since-time", "2100-01-01T00:00:00Z", "logged"));
        var (code, _, errors) = await _kubectl.RunAsync(cluster.Tls, "logs", "--previous", "logged");
        Assert.Equal((1, "Error from server (BadRequest): previous terminated container \"logged\" in pod \"logged\" not found\n"), (code, errors));
    }

    [Fact]
    public async Task Logs_Followed_EndWithTheContainer()
    {
        await using var pod = await cluster.Processes.ShellAsync(
            "while read line; do echo got $line; done", new CreateContainerBody { Name = "followed", Node = "n2", Stdin = true, StdinOnce = true });
        await using var logs = _kubectl.Start(cluster.Tls, "logs", "-f", "followed");
        await using var client = _kubectl.Start(cluster.Tls, "attach", "-i", "followed");
        await client.InputAsync("one\n");
        await logs.Output.ContainsAsync("got one\n");
        await client.InputAsync("two\n");
        await logs.Output.ContainsAsync("got two\n");
        client.EndInput();
        Assert.Equal(0, await logs.ExitAsync());
        Assert.Equal("got one\ngot two\n", logs.Output.ToString());
    }

    private Task<TestContainer> SleeperAsync(string name, string node, IReadOnlyDictionary<string, string>? labels = null) => cluster.Processes.RunAsync(
        ["sleep", "600"], new CreateContainerBody { Name = name, Node = node, Labels = labels ?? new Dictionary<string, string>() });
}
