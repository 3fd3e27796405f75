using CriAttach.Testing.Kube;
using CriAttach.Testing.Processes;

namespace CriAttach.Conformance.Tests.Clients;

/// <summary>kubectl: Debian's over SPDY, and, where the machine has a newer one, that over WebSocket and over SPDY.</summary>
[Collection(ClientCluster.Name)]
public sealed class KubectlAttachTests(ClientCluster cluster)
{
    private const string Debian = "debian";
    private const string Newer = "newer";
    private const string NewerSpdy = "newer-spdy";

    public static TheoryData<string> Kubectls => Kubectl.MachinePath is null ? [Debian] : [Debian, Newer, NewerSpdy];

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task Case48_Kubectl_EchoAndEndOfInput(string kind)
    {
        await using var container = await cluster.EchoAsync();
        await using var client = Of(kind).Start(cluster.Tls, "attach", "-i", container.View.Name);
        await client.InputAsync("hello\n");
        await client.Output.ContainsAsync("hello\n");
        client.EndInput();

        // PID 1 exits with 3. As with every kubelet, attach is over then, and was good.
        Assert.Equal(0, await client.ExitAsync());
        Assert.Equal("hello\n", client.Output.ToString());
    }

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task Case48_Kubectl_BinaryOutput(string kind)
    {
        await using var container = await cluster.RandomAsync();
        await using var client = Of(kind).Start(cluster.Tls, "attach", "-i", container.View.Name);
        await client.InputAsync("go\n");
        Assert.Equal(0, await client.ExitAsync());
        ClientCluster.AssertRandom(client.Output.ToArray());
    }

    [Theory]
    [MemberData(nameof(Kubectls))]
    public async Task Case48_Kubectl_TerminalSize(string kind)
    {
        await using var container = await cluster.TerminalAsync();
        await using var client = Of(kind).StartOnTerminal(cluster.Tls, 33, 101, "attach", "-it", container.View.Name);
        await ClientCluster.SizeAsync(client, "33 101");
        await client.InputAsync("x\n");
        Assert.Equal(0, await client.ExitAsync());
    }

    [Fact]
    public async Task Case48_Kubectl_PlainHttp_TokenInTheUrl()
    {
        await using var container = await cluster.EchoAsync();
        await using var client = ClientProcess.Start(
            Kubectl.DebianPath, ["--server", cluster.Plain.UrlWithToken, "--cache-dir", cluster.Plain.ConfigFile + ".cache", "attach", "-i", container.View.Name]);
        await client.InputAsync("hello\n");
        await client.Output.ContainsAsync("hello\n");
        client.EndInput();
        Assert.Equal(0, await client.ExitAsync());
    }

    private static Kubectl Of(string kind) => kind == Debian ? Kubectl.Debian() : new Kubectl(
        Kubectl.MachinePath!, new Dictionary<string, string> { ["KUBECTL_REMOTE_COMMAND_WEBSOCKETS"] = kind == Newer ? "true" : "false" });
}
