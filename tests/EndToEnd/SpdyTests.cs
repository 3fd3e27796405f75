using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;
using CriAttach.Testing.Scenarios;

namespace CriAttach.EndToEnd.Tests;

/// <summary>A client over SPDY and real containers.</summary>
public sealed class SpdyTests(ConmonCluster cluster, ITestOutputHelper log)
{
    private const string Success = "{\"metadata\":{},\"status\":\"Success\"}";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Echo_EndOfInputAndExit()
    {
        await using var container = await cluster.Processes.ShellAsync("cat; exit 3", new CreateContainerBody { Stdin = true, StdinOnce = true });
        await using var client = await container.AttachSpdyAsync(via: 0, at: 1);
        Assert.Equal("v4.channel.k8s.io", client.Protocol);
        await client.InputAsync("hello\n");
        await client.Stdout.ContainsAsync("hello\n");
        await client.EndInputAsync();
        AssertSuccess(await client.EndAsync());
        Assert.Equal("hello\n", client.Stdout.ToString());
    }

    [Fact]
    public async Task FirstEcho_In100Attaches_IsNeverLost()
    {
        await using var container = await cluster.Processes.RunAsync(["cat"]);
        for (var number = 0; number < 100; number++)
        {
            await using var client = await container.AttachSpdyAsync(via: number % 2, at: (number + 1) % 2);
            var text = string.Create(CultureInfo.InvariantCulture, $"echo {number}\n");
            await client.InputAsync(text);
            await client.Stdout.ContainsAsync(text);
            Assert.Equal(text, client.Stdout.ToString());
            await client.LeaveAsync();
        }
    }

    [Theory]
    [InlineData(1024 * 1024)]
    [InlineData(64 * 1024 * 1024)]
    public Task Output_OfRandomBytes_ArrivesBitForBit(long length) => OutputAsync(length);

    [Fact(Explicit = true)]
    public Task Output_OfAGiB_ArrivesBitForBit() => OutputAsync(1L << 30);

    [Fact]
    public async Task Input_64MiBOfRandomBytes_ArrivesBitForBit()
    {
        await using var container = await cluster.Processes.ShellAsync("sha256sum", new CreateContainerBody { Stdin = true, StdinOnce = true });
        await using var client = await container.AttachSpdyAsync(via: 0, at: 1);
        var data = RandomNumberGenerator.GetBytes(64 * 1024 * 1024);
        foreach (var piece in data.Chunk(1024 * 1024))
        {
            await client.InputAsync(piece).WaitAsync(Patience);
        }

        await client.EndInputAsync();
        AssertSuccess(await client.EndAsync(Patience));
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(data)), client.Stdout.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminal_TakesSizesAndSignals()
    {
        const string script = "stty -echo; echo ready; while read line; do echo size $(stty size); done";
        await using var container = await cluster.Processes.ShellAsync(script, new CreateContainerBody { Stdin = true, Tty = true });
        await using var client = await container.AttachSpdyAsync();
        await client.Stdout.ContainsAsync("ready\r\n");
        await client.ResizeAsync(101, 33);
        await Until.TrueAsync(
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
        AssertSuccess(await client.EndAsync());
    }

    [Fact]
    public async Task SlowReader_GetsEveryByteAndTheStatus()
    {
        const int length = 2_000_000;
        var (name, content) = await RandomBytes.FileAsync(cluster.Processes, length);
        await using var container = await cluster.Processes.ShellAsync($"read go; exec cat /{name}");
        await using var client = await container.AttachSpdyAsync(
            options: new AttachClientOptions { BytesPerSecond = 200_000, Sink = (_, bytes) => content.Check(bytes) });
        await client.InputAsync("go\n");
        AssertSuccess(await client.EndAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal(length, content.Checked);
    }

    [Fact]
    public async Task ClientIsKilled_OthersGoOnAndTheSessionIsFreed()
    {
        await using var container = await cluster.Processes.RunAsync(["cat"]);
        await using var stays = await container.AttachSpdyAsync(stdin: true);
        var leaves = await container.AttachSpdyAsync(stdin: true);
        await leaves.InputAsync("both\n");
        await stays.Stdout.ContainsAsync("both\n");
        await leaves.DisposeAsync();
        await Until.TrueAsync(
            async token => (await cluster.Processes.Admin.SessionsAsync(token)).Sessions.Count(session => session.Container == container.Id) == 1,
            TimeSpan.FromSeconds(10),
            "one session is left");
        await stays.InputAsync("alone\n");
        await stays.Stdout.ContainsAsync("alone\n");
    }

    [Fact]
    public Task HostileBytes_In300Sessions_OthersDoNotNotice() => HostileSpdy.RunAsync(cluster.Processes, 300, seed: 1);

    private static void AssertSuccess(AttachEnd end)
    {
        Assert.Null(end.Fault);
        Assert.Equal(Success, end.Status);
    }

    private async Task OutputAsync(long length)
    {
        var (name, content) = await RandomBytes.FileAsync(cluster.Processes, length);
        await using var container = await cluster.Processes.ShellAsync($"exec cat /{name}", new CreateContainerBody { Stdin = true, StartLater = true });
        await using var client = await SpdyAttachClient.OpenAsync(
            cluster.Processes.Gateways[1].Here(new Uri((await cluster.Processes.Admin.AttachAsync(container.Id, new AttachBody { Stdin = true, Stdout = true, Stderr = true })).Url)),
            ["error", "stdin", "stdout", "stderr"],
            new AttachClientOptions { Sink = (_, bytes) => content.Check(bytes) });
        var start = Stopwatch.GetTimestamp();
        await container.StartAsync();
        AssertSuccess(await client.EndAsync(Patience));
        Assert.Equal(length, content.Checked);
        log.WriteLine($"{length / Stopwatch.GetElapsedTime(start).TotalSeconds / 1e6:F0} MB/s");
    }
}
