using CriAttach.AdminApi;
using CriAttach.Testing;
using CriAttach.Testing.Processes;

namespace CriAttach.Conformance.Tests.Clients;

/// <summary>The reference client of docs/resume-protocol.md, against what it is a reference for.</summary>
[Collection(ClientCluster.Name)]
public sealed class ResumeSampleTests(ClientCluster cluster)
{
    [Fact]
    public async Task ConnectionIsCutTwice_EchoGoesOnAndTheExitCodeComes()
    {
        await using var container = await cluster.Processes.ShellAsync(
            "while read line; do [ $line = end ] && exit 3; echo $line; done", new CreateContainerBody { Stdin = true });
        var answer = await cluster.Processes.Admin.AttachAsync(container.Id, new AttachBody { Stdin = true, Stdout = true, Stderr = true, ExitStatus = true });
        await using var client = Start(new Uri(answer.Url));
        var expected = "";
        for (var round = 0; round < 3; round++)
        {
            expected += $"line{round}\n";
            await client.InputAsync($"line{round}\n");
            await client.Output.ContainsAsync(expected);
            if (round < 2)
            {
                Cut(client);
            }
        }

        await client.InputAsync("end\n");
        Assert.Equal(3, await client.ExitAsync());
        Assert.Equal(expected, client.Output.ToString());
        Assert.Equal("", client.Errors.ToString());
    }

    [Fact]
    public async Task UrlThatIsNone_SaysSo()
    {
        await using var client = Start(new Uri($"http://{cluster.Processes.Gateways[0].StreamAuthority}/attach/none"));
        Assert.Equal(1, await client.ExitAsync());
        Assert.Contains("the session is over, or never was", client.Errors.ToString(), StringComparison.Ordinal);
    }

    // Beside the modules that the tests fetch: Node looks for them from where a script lies.
    private static ClientProcess Start(Uri url)
    {
        var script = Path.Combine(Repository.Top, "tests/Conformance/Clients/node/node_modules/.resume-client.mjs");
        File.Copy(Path.Combine(Repository.Top, "samples/resume-client/attach.mjs"), script, overwrite: true);
        return ClientProcess.Start("node", [script, url.ToString()]);
    }

    private void Cut(ClientProcess client) => Assert.True(
        cluster.Processes.Gateways.Sum(gateway => TcpCut.Connections(client.Id, new Uri($"http://{gateway.StreamAuthority}").Port)) > 0, "There was nothing to cut.");
}
