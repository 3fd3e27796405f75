using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;
using CriAttach.Wire.Channels;

namespace CriAttach.Conformance.Tests.WebSocket;

/// <summary>How sessions end: by the container, by the client, and by the client's disappearance.</summary>
public sealed class EndTests(ConformanceCluster cluster) : ConformanceTest(cluster)
{
    private const int Output = 2_000_000;

    public static TheoryData<string, int> ExitCases()
    {
        TheoryData<string, int> rows = [];
        foreach (var protocol in Protocols.Every)
        {
            rows.Add(protocol.Name, 0);
            rows.Add(protocol.Name, 3);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(ExitCases))]
    public async Task Case27_ContainerExits_OutputThenSuccessWhateverTheCode(string protocol, int code)
    {
        var container = await ShellAsync($"read x; echo out; echo err >&2; exit {code}");
        var client = await AttachAsync(container, protocol);
        await client.InputAsync("\n");
        var end = await client.EndAsync();
        Assert.Equal("out\n", client.Stdout.ToString());
        Assert.Equal("err\n", client.Stderr.ToString());
        Endings.AssertSuccess(end, client.Protocol);
    }

    [Fact]
    public async Task Case27_ExitStatusAskedFor_TellsTheCode()
    {
        var container = await ShellAsync("read x; exit 3");
        await using var client = await container.AttachAsync(new AttachBody { Stdin = true, Stdout = true, ExitStatus = true });
        await client.InputAsync("\n");
        var end = await client.EndAsync();
        Assert.True(StatusCodec.TryParse(System.Text.Encoding.UTF8.GetBytes(end.Status), client.Protocol, out var status));
        Assert.Equal(3, status.ExitCode);
        Assert.Equal(SessionStatus.NonZeroExitCodeReason, status.Reason);
        Assert.Equal((ushort?)1000, end.CloseCode);
    }

    [Theory]
    [MemberData(nameof(Protocols.All), MemberType = typeof(Protocols))]
    public async Task Case27_ClientCloses_IsAnsweredWith1000AndTheContainerRunsOn(string protocol)
    {
        var container = await EchoAsync();
        var client = await AttachAsync(container, protocol);
        await client.InputAsync("x\n");
        await client.Stdout.ContainsAsync("x\n");
        var end = await client.CloseAsync();
        Assert.Equal((ushort?)1000, end.CloseCode);
        Assert.Null(end.Fault);
        await NoSessionAsync(container);
        Assert.Equal(ContainerPhase.Running, (await container.InspectAsync()).State);
    }

    [Theory]
    [InlineData("v5.channel.k8s.io")]
    [InlineData("v4.base64.channel.k8s.io")]
    [InlineData("channel.k8s.io")]
    public async Task Case29_SlowReader_GetsEveryByteAndTheStatusWithoutReset(string protocol)
    {
        var content = new RandomContent(29);
        var path = Path.Combine(Processes.Directory, $"case29-{protocol}");
        content.WriteFile(path, Output);
        var container = await ShellAsync($"read x; cat {path}");

        // Twenty times slower than the container, with next to nothing in the kernel; still faster than a stalled client.
        AttachClientOptions options = new()
        {
            BytesPerSecond = 200_000,
            ReceiveBuffer = 4096,
            Sink = (_, bytes) => content.Check(bytes),
        };
        var client = await AttachAsync(container, Protocols.Of(protocol), options: options);
        await client.InputAsync("\n");
        var end = await client.EndAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(Output, content.Checked);
        Endings.AssertSuccess(end, client.Protocol);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Case30_ClientDropsTcp_OthersAreUnaffectedAndTheSessionIsFreed(bool reset)
    {
        var container = await EchoAsync();
        var stays = await AttachAsync(container, StreamProtocol.V5);
        var drops = await AttachAsync(container, StreamProtocol.V4);
        await drops.InputAsync("both\n");
        await stays.Stdout.ContainsAsync("both\n");
        Drop(drops, reset);
        await ClaimedAsync(container, 1);
        await stays.InputAsync("alone\n");
        await stays.Stdout.ContainsAsync("alone\n");
        Assert.Equal("both\nalone\n", stays.Stdout.ToString());
        Assert.Equal(ContainerPhase.Running, (await container.InspectAsync()).State);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Case30_ClientWithoutStdinDropsTcp_TheSessionIsFreedThoughNothingIsWritten(bool reset)
    {
        var container = await EchoAsync();
        var client = await AttachAsync(container, StreamProtocol.V4, stdin: false);
        await ClaimedAsync(container, 1);
        Drop(client, reset);
        await ClaimedAsync(container, 0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Case30_ClientOfStdinOnceDropsTcp_PidOneGetsTheEndOfInput(bool reset)
    {
        var container = await ShellAsync("cat; echo end of input; sleep 1000", new CreateContainerBody { Stdin = true, StdinOnce = true });
        var stays = await AttachAsync(container, StreamProtocol.V5, stdin: false);
        var drops = await AttachAsync(container, StreamProtocol.V5);
        await drops.InputAsync("x\n");
        await stays.Stdout.ContainsAsync("x\n");
        Drop(drops, reset);
        await stays.Stdout.ContainsAsync("end of input\n");
        await ClaimedAsync(container, 1);
    }

    [Fact]
    public async Task Case30_ClientThatNeverReadsDropsTcp_TheSessionIsFreed()
    {
        var container = await RunAsync(["cat", "/dev/zero"]);
        using (await RawWebSocket.OpenAsync(await UrlAsync(container), ["v4.channel.k8s.io"], [], receiveBuffer: 4096))
        {
            await ClaimedAsync(container, 1);
        }

        await ClaimedAsync(container, 0);
    }

    private static void Drop(AttachClient client, bool reset)
    {
        if (reset)
        {
            client.Reset();
        }
        else
        {
            client.Socket.Dispose();
        }
    }

    private Task ClaimedAsync(TestContainer container, int count) => Until.TrueAsync(
        async token => (await Processes.Admin.SessionsAsync(token)).Sessions.Count(session => session.Container == container.Id && session.State == SessionPhase.Claimed) == count,
        TimeSpan.FromSeconds(10),
        $"container {container.Id} has {count} sessions");
}
