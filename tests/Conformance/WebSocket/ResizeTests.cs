using System.Text;
using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;
using CriAttach.Wire.Channels;

namespace CriAttach.Conformance.Tests.WebSocket;

/// <summary>The resize channel: a stream of JSON objects.</summary>
public sealed class ResizeTests(ConformanceCluster cluster) : ConformanceTest(cluster)
{
    [Theory]
    [InlineData("v5.channel.k8s.io")]
    [InlineData("v4.channel.k8s.io")]
    [InlineData("v4.base64.channel.k8s.io")]
    [InlineData("channel.k8s.io")]
    [InlineData("base64.channel.k8s.io")]
    [InlineData("")]
    public async Task Case26_Resize_IsApplied(string protocol)
    {
        var client = await TerminalAsync(protocol);
        await ResizeAsync(client, """{"Width":80,"Height":24}""");
        await SizeAsync(client, "24 80");
        await ResizeAsync(client, """{"height":25,"width":81}""");
        await SizeAsync(client, "25 81");
    }

    [Fact]
    public async Task Case26_TwoObjectsInOneFrame_TheLastIsApplied()
    {
        var client = await TerminalAsync("v5.channel.k8s.io");
        await ResizeAsync(client, "{\"Width\":101,\"Height\":31}\n{\"Width\":100,\"Height\":30}\n");
        await SizeAsync(client, "30 100");
    }

    [Fact]
    public async Task Case26_OneObjectInTwoFrames_IsApplied()
    {
        var client = await TerminalAsync("v5.channel.k8s.io");
        await ResizeAsync(client, """{"Width":90,"He""");
        await client.InputAsync("\n");
        await ResizeAsync(client, """ight":40}""");
        await SizeAsync(client, "40 90");
    }

    [Theory]
    [InlineData("""{"Width":-1,"Height":5}""")]
    [InlineData("""{"Width":-1}""")]
    [InlineData("garbage")]
    [InlineData("""{"Width":70000,"Height":1}""")]
    [InlineData("""{"Width":1.5,"Height":1}""")]
    [InlineData("""{"Width":"80","Height":"24"}""")]
    [InlineData("""{"Width":0,"Height":0}""")]
    [InlineData("""{"Width":0,"Height":24}""")]
    [InlineData("[1,2]")]
    [InlineData("null")]
    public async Task Case26_BadSize_IsDroppedAndInputAndLaterSizesStillWork(string text)
    {
        var client = await TerminalAsync("v5.channel.k8s.io");
        await ResizeAsync(client, """{"Width":77,"Height":33}""");
        await SizeAsync(client, "33 77");
        await ResizeAsync(client, text);
        await client.InputAsync("\n");
        await ResizeAsync(client, "\n{\"Width\":78,\"Height\":34}\n");
        await SizeAsync(client, "34 78");
        var sizes = client.Stdout.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith("size ", StringComparison.Ordinal));
        Assert.All(sizes.SkipWhile(line => line != "size 33 77"), line => Assert.Contains(line, new[] { "size 33 77", "size 34 78" }));
    }

    [Theory]
    [MemberData(nameof(Protocols.All), MemberType = typeof(Protocols))]
    public async Task Case26_WithoutTerminal_SizesAreConsumed(string protocol)
    {
        var client = await AttachAsync(await EchoAsync(), protocol);
        await ResizeAsync(client, """{"Width":80,"Height":24}""");
        await ResizeAsync(client, "garbage");
        await client.InputAsync("alive\n");
        await client.Stdout.ContainsAsync("alive\n");
        Assert.Equal("alive\n", client.Stdout.ToString());
    }

    private static Task ResizeAsync(AttachClient client, string text) => client.MessageAsync(StdioChannel.Resize, Encoding.UTF8.GetBytes(text));

    // A size and a line of input take different ways to the node, so the question is repeated.
    private static Task SizeAsync(AttachClient client, string size) => Until.TrueAsync(
        async _ =>
        {
            var before = client.Stdout.Length;
            await client.InputAsync("\n");
            await client.Stdout.LengthAsync(before + 1);
            return client.Stdout.ToString().Contains($"size {size}\r\n", StringComparison.Ordinal);
        },
        TimeSpan.FromSeconds(20),
        $"the terminal's size is {size}");

    private async Task<AttachClient> TerminalAsync(string protocol)
    {
        var container = await ShellAsync("stty -echo; echo ready; while read line; do echo size $(stty size); done", new CreateContainerBody { Stdin = true, Tty = true });
        var client = await AttachAsync(container, Protocols.Of(protocol));
        await client.Stdout.ContainsAsync("ready\r\n");
        return client;
    }
}
