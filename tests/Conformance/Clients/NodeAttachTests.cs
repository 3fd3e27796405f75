using System.Globalization;
using CriAttach.Testing;
using CriAttach.Testing.Processes;

namespace CriAttach.Conformance.Tests.Clients;

/// <summary>JavaScript's <c>@kubernetes/client-node</c>, with the subprotocols that it offers by itself.</summary>
[Collection(ClientCluster.Name)]
public sealed class NodeAttachTests(ClientCluster cluster)
{
    private const string GoodEnd = "v5.channel.k8s.io 1000 {\"metadata\":{},\"status\":\"Success\"}\n";

    [Fact]
    public async Task Case48_Node_EchoAndEndOfInput()
    {
        await using var container = await cluster.EchoAsync();
        await using var client = Attach(container);
        await client.InputAsync("hello\n");
        await client.Output.ContainsAsync("hello\n");
        client.EndInput();
        await AssertGoodEndAsync(client);
        Assert.Equal("hello\n", client.Output.ToString());
    }

    [Fact]
    public async Task Case48_Node_BinaryOutput()
    {
        await using var container = await cluster.RandomAsync();
        await using var client = Attach(container);
        await client.InputAsync("go\n");
        await AssertGoodEndAsync(client);
        ClientCluster.AssertRandom(client.Output.ToArray());
    }

    [Fact]
    public async Task Case48_Node_TerminalSize()
    {
        await using var container = await cluster.TerminalAsync();
        await using var client = Attach(container, 33, 101);
        await ClientCluster.SizeAsync(client, "33 101");
        await client.InputAsync("x\n");
        await AssertGoodEndAsync(client);
    }

    private static async Task AssertGoodEndAsync(ClientProcess client)
    {
        Assert.True(await client.ExitAsync() == 0, client.Errors.ToString());
        Assert.Equal(GoodEnd, client.Errors.ToString());
    }

    private ClientProcess Attach(TestContainer container, params int[] size)
    {
        var script = Path.Combine(Repository.Top, "tests/Conformance/Clients/node/attach.mjs");
        return ClientProcess.Start(
            "node", [script, cluster.Tls.ConfigFile, "default", container.View.Name, .. size.Select(number => number.ToString(CultureInfo.InvariantCulture))]);
    }
}
