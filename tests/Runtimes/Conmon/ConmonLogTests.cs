using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Log;

namespace CriAttach.Runtimes.Tests.Conmon;

/// <summary>The CRI log: rotated by us, readable at every offset.</summary>
public sealed class ConmonLogTests
{
    private const int Lines = 400_000;

    [Fact]
    public async Task Rotated_EveryOffsetReadsWhatWasWritten()
    {
        await using var node = new ConmonNode(options => (options.LogMaxBytes, options.LogMaxFiles) = (256 * 1024, 1000));
        var container = await node.StartAsync($"seq 1 {Lines}");
        await container.Exited.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.InRange(Directory.GetFiles(node.LogsPath(container)).Length, 3, 1000);
        var whole = await ReadAsync(container, 0);
        var check = new CounterCheck();
        check.Take(whole);
        Assert.Equal(Lines, check.Lines);
        var random = new Random(7);
        for (var i = 0; i < 20; i++)
        {
            var offset = random.Next(whole.Length);
            Assert.Equal(whole[offset..], await ReadAsync(container, offset));
        }
    }

    [Fact]
    public async Task RotatedOften_OldFilesGoAndTheTailTells()
    {
        await using var node = new ConmonNode(options => (options.LogMaxBytes, options.LogMaxFiles) = (64 * 1024, 3));
        var container = await node.StartAsync(new ContainerSpec { Args = ["/bin/sh", "-c", "while read x; do seq 1 5000; echo; done"], Stdin = true });
        var input = new InputWriter(container.Stdio.Input);
        using var output = new OutputReader(container.Stdio.Output);
        var archive = container.Stdio.Output.Archive!;

        // A rotation takes conmon's turn, and there is one at a time: how much is written meanwhile depends on the machine.
        for (var i = 1; i <= 40 || (archive.Tail == 0 && i <= 2000); i++)
        {
            var files = Directory.GetFiles(node.LogsPath(container)).Length;
            Assert.InRange(files, 1, 12);
            await input.WriteAsync("x\n");
            var goal = i * 23894L;
            await output.UntilAsync(() => output.Count >= goal);
        }

        await container.StopAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
        await container.Exited.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.NotEqual(0, archive.Tail);
        Assert.Null(await archive.OpenAsync(0, TestContext.Current.CancellationToken));
        var tail = archive.Tail;
        var kept = await ReadAsync(container, tail);
        Assert.Equal(output.Of(StdioStream.Stdout).AsSpan((int)tail).ToArray(), kept);
    }

    [Fact]
    public async Task ReaderFallenBehind_GetsEveryByteFromTheFiles()
    {
        await using var node = new ConmonNode(
            options => (options.LogMaxBytes, options.LogMaxFiles) = (256 * 1024, 1000),
            log => (log.Limit, log.Retain) = (64 * 1024, 0));
        var container = await node.CreateAsync($"seq 1 {Lines}");
        var check = new CounterCheck();
        using var output = new OutputReader(container.Stdio.Output, mayHold: false) { Sink = (_, data) => check.Take(data.Span) };
        await container.StartAsync(TestContext.Current.CancellationToken);
        await output.ToEndAsync();
        Assert.Equal(Lines, check.Lines);
        Assert.NotEqual(0, output.FromArchive);
    }

    private static async Task<byte[]> ReadAsync(IRuntimeContainer container, long offset)
    {
        var copy = new StdioLog(new StdioLogOptions(), 1, container.Stdio.Output.Head, container.Stdio.Output.Archive);
        copy.Complete();
        using var reader = new OutputReader(copy, offset);
        await reader.ToEndAsync();
        return reader.Of(StdioStream.Stdout);
    }
}
