using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Scenarios;
using CriAttach.Wire.Channels;

namespace CriAttach.EndToEnd.Tests;

/// <summary>Every byte, in both directions, through real containers.</summary>
public sealed class BytesTests(ConmonCluster cluster)
{
    private const long Much = 64L * 1024 * 1024;

    [Fact]
    public async Task Attach_ByOneGatewaysCriSocketStreamedByTheOther_Echoes()
    {
        await using var container = await cluster.Processes.RunAsync(["cat"]);
        await using var client = await container.AttachAsync(StreamProtocol.V4, via: 0, at: 1);
        await client.InputAsync("hello\n");
        await client.Stdout.ContainsAsync("hello\n");
        Assert.Equal("hello\n", client.Stdout.ToString());
        Assert.Equal((ushort?)1000, (await client.CloseAsync()).CloseCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Output_64MiBOfRandomBytes_ArrivesBitForBit(bool tty) => RandomBytes.OutputAsync(cluster.Processes, Much, tty, at: 1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Input_64MiBOfRandomBytes_ArrivesBitForBit(bool tty) => RandomBytes.InputAsync(cluster.Processes, Much, tty, at: 1);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task Exit_After300kB_EverythingThenTheStatusInEachOf20Runs(int exitCode)
    {
        for (var run = 0; run < 20; run++)
        {
            await EndOfOutput.RunAsync(cluster.Processes, 300_000, exitCode, at: run % 2);
        }
    }

    [Fact]
    public Task Output_BeforeTheFirstAttach_GoesToTheFirstAttacher() => UnseenOutput.RunAsync(cluster.Processes);

    [Fact]
    public Task Exit_BetweenAttachAndTheStream_OutputAndStatusAreDelivered() => UnseenOutput.ExitBeforeTheClientComesAsync(cluster.Processes);

    [Fact]
    public Task FirstEcho_In200Attaches_IsNeverLost() => FirstEcho.RunAsync(cluster.Processes, 200);

    [Fact]
    public async Task Terminal_TakesSizesAndSignals()
    {
        const string script = "stty -echo; echo ready; while read line; do echo size $(stty size); done";
        await using var container = await cluster.Processes.ShellAsync(script, new CreateContainerBody { Stdin = true, Tty = true });
        await using var client = await container.AttachAsync();
        await client.Stdout.ContainsAsync("ready\r\n");
        await client.ResizeAsync(101, 33);
        await Testing.Processes.Until.TrueAsync(
            async _ =>
            {
                var before = client.Stdout.Length;
                await client.InputAsync("\n");
                await client.Stdout.LengthAsync(before + 1);
                return client.Stdout.ToString().Contains("size 33 101\r\n", StringComparison.Ordinal);
            },
            TimeSpan.FromSeconds(20),
            "the size is applied");
        await client.InputAsync("\u0003");
        AttachEnd end = await client.EndAsync();
        Assert.Equal((ushort?)1000, end.CloseCode);
    }
}
