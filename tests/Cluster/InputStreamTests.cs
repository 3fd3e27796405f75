using CriAttach.Cluster.Tests.Nodes;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Sessions;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams;
using CriAttach.Streams.Input;
using Orleans.Streams;

namespace CriAttach.Cluster.Tests;

public sealed class InputStreamTests(TestNodes nodes) : IClassFixture<TestNodes>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task PipelinedPieces_ArriveInOrderAndAreEchoed()
    {
        var container = nodes.Node(1).Add(new ContainerSpec { Stdin = true });
        container.Echo = true;
        var seen = new CollectingObserver();
        await Output(container).SubscribeAsync(seen, new StdioToken(0, 0));
        var producer = await AttachAsync(container);
        var sent = new byte[200_000];
        new Random(7).NextBytes(sent);
        var pending = new List<Task>();
        for (var at = 0; at < sent.Length; at += 5000)
        {
            pending.Add(Input(container).OnNextAsync(Piece(producer, at, sent.AsSpan(at, 5000))));
        }

        await Task.WhenAll(pending).WaitAsync(Patience);
        await seen.LengthAsync(sent.Length).WaitAsync(Patience);
        Assert.Equal(sent, seen.Bytes);
    }

    [Fact]
    public async Task EndOfStdinOnce_ClosesPid1sInputAfterTheLastByte()
    {
        var container = nodes.Node(2).Add(new ContainerSpec { Stdin = true, StdinOnce = true });
        var producer = await AttachAsync(container);
        await Input(container).OnNextAsync(Piece(producer, 0, "last"u8));
        await Input(container).OnNextAsync(Piece(producer, 4, [], StdioChunkKind.End));
        await container.StdinClosed.WaitAsync(Patience);
        Assert.Equal("last"u8.ToArray(), await container.Stdin.ReadAsync(TestContext.Current.CancellationToken));
        var other = await AttachAsync(container);
        await Assert.ThrowsAsync<InputClosedException>(() => Input(container).OnNextAsync(Piece(other, 0, "late"u8)).WaitAsync(Patience));
    }

    [Fact]
    public async Task NoStdin_InputIsClosed()
    {
        var container = nodes.Node(0).Add(new ContainerSpec());
        await Assert.ThrowsAsync<InputClosedException>(() => Input(container).OnNextAsync(Piece(Guid.NewGuid(), 0, "x"u8)).WaitAsync(Patience));
    }

    [Fact]
    public async Task SessionThatWasNeverClaimed_MayNotType()
    {
        var container = nodes.Node(0).Add(new ContainerSpec { Stdin = true });
        await Assert.ThrowsAsync<InputClosedException>(() => Input(container).OnNextAsync(Piece(Guid.NewGuid(), 0, "x"u8)).WaitAsync(Patience));
    }

    [Fact]
    public async Task Pid1DoesNotRead_ThePublishWaitsAndOthersAreUnharmed()
    {
        var gate = new TaskCompletionSource();
        var container = nodes.Node(1).Add(new ContainerSpec { Stdin = true });
        container.InputGate = gate.Task;
        var producer = await AttachAsync(container);
        var stuck = Input(container).OnNextAsync(Piece(producer, 0, new byte[400_000]));

        var other = nodes.Node(1).Add(new ContainerSpec { Stdin = true });
        await Input(other).OnNextAsync(Piece(await AttachAsync(other), 0, "through"u8)).WaitAsync(Patience);

        // Two rounds of the node's patience: the publish is still under way, and its output goes on as well.
        var seen = new CollectingObserver();
        await Output(container).SubscribeAsync(seen, new StdioToken(0, 0));
        container.Output.Append(StdioStream.Stdout, "output"u8);
        await seen.LengthAsync(6).WaitAsync(Patience);
        await Assert.ThrowsAsync<TimeoutException>(() => stuck.WaitAsync(TimeSpan.FromSeconds(5)));
        gate.SetResult();
        await stuck.WaitAsync(Patience);
    }

    [Fact]
    public async Task Pid1WritesWithoutEndWhileItsStdinIsFull_NoDeadlock()
    {
        var container = nodes.Node(2).Add(new ContainerSpec { Stdin = true });
        var reads = new TaskCompletionSource();
        container.InputGate = reads.Task;
        var stalled = new TaskCompletionSource();
        var seen = new CollectingObserver { Gate = stalled.Task };
        await Output(container).SubscribeAsync(seen, new StdioToken(0, 0));
        var producer = await AttachAsync(container);
        var typed = Input(container).OnNextAsync(Piece(producer, 0, new byte[300_000]));

        // The reader of the output stalls, PID 1 reads its input only after it has written four megabytes.
        for (var i = 0; i < 512; i++)
        {
            await container.Output.WaitForRoomAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(5));
            container.Output.Append(StdioStream.Stdout, new byte[8192]);
        }

        reads.SetResult();
        await typed.WaitAsync(Patience);
        stalled.SetResult();
        container.Exit(0);
        await seen.Completed.WaitAsync(Patience);
        Assert.Equal(512 * 8192, seen.Bytes.Length + seen.Gaps.Sum(gap => gap.Length));
    }

    private async Task<Guid> AttachAsync(ScriptedContainer container)
    {
        var claim = await Sessions.ClaimNewAsync(nodes.Client, container);
        Assert.Equal(ClaimOutcome.Claimed, claim.Outcome);
        return claim.InputProducer;
    }

    private static StdioChunk Piece(Guid producer, long offset, ReadOnlySpan<byte> data, StdioChunkKind kind = StdioChunkKind.Data) =>
        new() { Kind = kind, Stream = StdioStream.Stdin, Offset = offset, Data = data.ToArray(), Producer = producer };

    private IAsyncStream<StdioChunk> Output(ScriptedContainer container) =>
        nodes.Client.GetStreamProvider(StdioStreams.ProviderName).GetStream<StdioChunk>(StdioStreams.Output(container.Info.Key));

    private IAsyncStream<StdioChunk> Input(ScriptedContainer container) =>
        nodes.Client.GetStreamProvider(StdioStreams.ProviderName).GetStream<StdioChunk>(StdioStreams.Input(container.Info.Key));
}
