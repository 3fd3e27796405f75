using System.Diagnostics;
using CriAttach.Cluster.Tests.Nodes;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams;
using Orleans.Streams;

namespace CriAttach.Cluster.Tests;

public sealed class OutputStreamTests(TestNodes nodes) : IClassFixture<TestNodes>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task SubscribeFromStart_DeliversEarlierAndLaterBytesThenTheEnd()
    {
        var container = nodes.Node(1).Add(new ContainerSpec { Stdin = true });
        container.Output.Append(StdioStream.Stdout, "before "u8);
        var seen = new CollectingObserver();
        await Output(container).SubscribeAsync(seen, new StdioToken(0, 0));
        container.Output.Append(StdioStream.Stderr, "after"u8);
        container.Exit(0);
        await seen.Completed.WaitAsync(Patience);
        Assert.Equal("before after"u8, seen.Bytes);
        Assert.Empty(seen.Gaps);
    }

    [Fact]
    public async Task SubscribeLive_DeliversNothingFromBefore()
    {
        var container = nodes.Node(2).Add(new ContainerSpec());
        container.Output.Append(StdioStream.Stdout, "before"u8);
        var seen = new CollectingObserver();
        await Output(container).SubscribeAsync(seen);
        container.Output.Append(StdioStream.Stdout, "after"u8);
        await seen.LengthAsync(5).WaitAsync(Patience);
        Assert.Equal("after"u8, seen.Bytes);
    }

    [Fact]
    public async Task HundredMegabytes_ArriveWholeAndInOrder()
    {
        var container = nodes.Node(1).Add(new ContainerSpec());
        var seen = new CollectingObserver();
        await Output(container).SubscribeAsync(seen, new StdioToken(0, 0));
        var random = new Random(5);
        var sent = new byte[100_000_000];
        random.NextBytes(sent);
        var watch = Stopwatch.StartNew();
        for (var at = 0; at < sent.Length;)
        {
            await container.Output.WaitForRoomAsync(TestContext.Current.CancellationToken);
            var count = Math.Min(random.Next(1, 16_384), sent.Length - at);
            container.Output.Append(random.Next(2) == 0 ? StdioStream.Stdout : StdioStream.Stderr, sent.AsSpan(at, count));
            at += count;
        }

        container.Exit(0);
        await seen.Completed.WaitAsync(Patience);
        TestContext.Current.SendDiagnosticMessage($"{sent.Length / watch.Elapsed.TotalSeconds / 1e6:F0} MB/s");
        Assert.Equal(sent, seen.Bytes);
    }

    [Fact]
    public async Task StalledObserver_HoldsTheWriterAtTheLimitAndLosesNothing()
    {
        var container = nodes.Node(0).Add(new ContainerSpec());
        var gate = new TaskCompletionSource();
        var seen = new CollectingObserver { Gate = gate.Task };
        await Output(container).SubscribeAsync(seen, new StdioToken(0, 0));
        var chunk = new byte[8192];
        long written = 0;
        while (container.Output.WaitForRoomAsync(default).IsCompleted)
        {
            container.Output.Append(StdioStream.Stdout, chunk);
            written += chunk.Length;
        }

        Assert.InRange(written, 1024 * 1024, (1024 * 1024) + chunk.Length);
        gate.SetResult();
        await container.Output.WaitForRoomAsync(default).AsTask().WaitAsync(Patience);
        container.Exit(0);
        await seen.Completed.WaitAsync(Patience);
        Assert.Equal(written, seen.Bytes.Length);
    }

    [Fact]
    public async Task NeverBlockObserver_DoesNotHoldTheWriterAndIsToldOfTheGap()
    {
        var container = nodes.Node(0).Add(new ContainerSpec());
        var gate = new TaskCompletionSource();
        var seen = new CollectingObserver { Gate = gate.Task };
        await Output(container).SubscribeAsync(seen, new StdioToken(0, 0), "never-block");
        const long Total = 10 * 1024 * 1024;
        var chunk = new byte[8192];
        for (long written = 0; written < Total; written += chunk.Length)
        {
            Assert.True(container.Output.WaitForRoomAsync(default).IsCompletedSuccessfully);
            container.Output.Append(StdioStream.Stdout, chunk);
        }

        container.Exit(0);
        gate.SetResult();
        await seen.Completed.WaitAsync(Patience);
        Assert.NotEmpty(seen.Gaps);
        Assert.Equal(Total, seen.Bytes.Length + seen.Gaps.Sum(gap => gap.Length));
    }

    [Fact]
    public async Task UnknownContainer_SubscribeFails()
    {
        var stream = nodes.Client.GetStreamProvider(StdioStreams.ProviderName)
            .GetStream<StdioChunk>(StdioStreams.Output(ContainerKey.For(nodes.Node(0).Name, "absent")));
        await Assert.ThrowsAsync<ContainerNotFoundException>(() => stream.SubscribeAsync(new CollectingObserver()));
    }

    [Fact]
    public async Task UnknownNode_SubscribeFailsAtOnce()
    {
        var stream = nodes.Client.GetStreamProvider(StdioStreams.ProviderName)
            .GetStream<StdioChunk>(StdioStreams.Output(ContainerKey.For("absent", "absent")));
        await Assert.ThrowsAsync<NodeUnavailableException>(() => stream.SubscribeAsync(new CollectingObserver()).WaitAsync(Patience));
    }

    private IAsyncStream<StdioChunk> Output(ScriptedContainer container) =>
        nodes.Client.GetStreamProvider(StdioStreams.ProviderName).GetStream<StdioChunk>(StdioStreams.Output(container.Info.Key));
}
