using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Streaming;
using CriAttach.Gateway.Streaming.Output;
using CriAttach.Gateway.Tests.Fakes;
using CriAttach.Interfaces.Containers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Gateway.Tests.Streaming.Output;

public sealed class SharedOutputTests : IAsyncDisposable
{
    private static readonly ContainerKey Container = ContainerKey.For("n1", "c1");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private DeliveryPolicy _policy = new(NeverBlock: false, MinRate: 64 * 1024, StallTimeout: TimeSpan.FromSeconds(2));
    private readonly FakeStdio _stdio = new();
    private readonly SharedOutputs _outputs;
    private readonly List<OutputPiece> _pieces = [];

    public SharedOutputTests() => _outputs = new SharedOutputs(
        _stdio,
        Options.Create(new StreamingOptions { OutputWindow = 64 * 1024, StallTimeout = TimeSpan.FromSeconds(2) }),
        _time,
        NullLogger<SharedOutput>.Instance);

    [Fact]
    public async Task TwoSessions_OneSubscription()
    {
        var (first, shared) = await OpenFirstAsync(0);
        await shared.SendAsync(0, 100);
        Assert.Equal(Chunks.Bytes(0, 100), await ReadAsync(first));
        var second = Open(100);
        var reading = ReadAsync(second);
        await shared.SendAsync(100, 50);
        Assert.Equal(Chunks.Bytes(100, 50), await reading);
        Assert.Equal(Chunks.Bytes(100, 50), await ReadAsync(first));
        Assert.False(_stdio.Subscriptions.TryRead(out _));
    }

    [Fact]
    public async Task SessionFromBeforeTheWindow_ReadsAloneAndComesBackAtTheExactByte()
    {
        var (first, shared) = await OpenFirstAsync(1000);
        await shared.SendAsync(1000, 500);
        await ReadAsync(first);
        var late = Open(0);
        var reading = ReadAsync(late);
        var alone = await NextSubscriptionAsync();
        Assert.Equal(new StdioPosition(0, Chunks.Epoch), alone.From);
        Assert.True(alone.MayHold);
        await alone.SendAsync(0, 1200);
        Assert.Equal(Chunks.Bytes(0, 1200), await reading);
        await alone.SendAsync(1200, 400);
        Assert.Equal(Chunks.Bytes(1200, 400), await ReadAsync(late));

        // 1600 is ahead of the shared 1500: from here on the shared subscription serves, and what it repeats is skipped.
        reading = ReadAsync(late);
        await alone.Disposed.WaitAsync(Patience);
        Assert.False(late.IsPrivate);
        await shared.SendAsync(1500, 200);
        Assert.Equal(Chunks.Bytes(1600, 100), await reading);
    }

    [Fact]
    public async Task SlowSession_LosesTheRightToHoldAndReadsAloneWithoutBlocking()
    {
        var (fast, shared) = await OpenFirstAsync(0);
        var slow = Open(0);
        await slow.PlaceAsync();
        await shared.SendAsync(0, 64 * 1024);
        var held = shared.SendAsync(64 * 1024, 32 * 1024);
        await ReadAsync(fast);
        await ReadAsync(fast);
        Assert.False(held.IsCompleted);
        for (var second = 0; second < 3; second++)
        {
            await _outputs.TickAsync();
        }

        await held.WaitAsync(Patience);
        var reading = ReadAsync(slow);
        var alone = await NextSubscriptionAsync();
        Assert.False(alone.MayHold);
        Assert.Equal(0, alone.From.Offset);
        await alone.SendAsync(0, 16);
        Assert.Equal(Chunks.Bytes(0, 16), await reading);
    }

    [Fact]
    public async Task SessionThatNeverBlocks_IsPassedAtOnceAndReadsAlone()
    {
        var (fast, shared) = await OpenFirstAsync(0);
        _policy = _policy with { NeverBlock = true };
        var watcher = Open(0);
        await watcher.PlaceAsync();
        await shared.SendAsync(0, 64 * 1024);
        await ReadAsync(fast);
        await shared.SendAsync(64 * 1024, 32 * 1024).WaitAsync(Patience);
        var reading = ReadAsync(watcher);
        var alone = await NextSubscriptionAsync();
        Assert.Equal((false, 0L), (alone.MayHold, alone.From.Offset));
        await alone.SendAsync(0, 16);
        Assert.Equal(Chunks.Bytes(0, 16), await reading);
    }

    [Fact]
    public async Task Input_WhoStandsStillIsPassed()
    {
        var (fast, slow, held) = await HeldAsync();
        _time.Advance(TimeSpan.FromMilliseconds(500));
        fast.Lift();
        await held.WaitAsync(Patience);
        var reading = ReadAsync(slow);
        var alone = await NextSubscriptionAsync();
        Assert.Equal((false, 0L), (alone.MayHold, alone.From.Offset));
        await alone.SendAsync(0, 16);
        Assert.Equal(Chunks.Bytes(0, 16), await reading);
    }

    [Fact]
    public async Task Input_AllWhoStandStillArePassedAtOnce()
    {
        // The one that came last is the furthest behind.
        var (fast, shared) = await OpenFirstAsync(0);
        await shared.SendAsync(0, 16 * 1024);
        var ahead = Open(16 * 1024);
        await ahead.PlaceAsync();
        var behind = Open(0);
        await behind.PlaceAsync();
        await ReadAsync(fast);
        var held = shared.SendAsync(16 * 1024, 64 * 1024);
        await ReadAsync(fast);
        held = shared.SendAsync(80 * 1024, 64 * 1024);
        await ReadAsync(fast);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        fast.Lift();
        await held.WaitAsync(Patience);
    }

    [Fact]
    public async Task Input_WhoHasStoodStillForAMomentOnlyIsPassedALittleLater()
    {
        var (fast, _, held) = await HeldAsync();
        fast.Lift();
        Assert.False(held.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        await held.WaitAsync(Patience);
    }

    /// <summary>The window is full, and somebody stands still, only after the Ctrl-C and before its answer.</summary>
    [Fact]
    public async Task Input_BeforeTheWindowIsFull_WhoStandsStillThenIsPassedAllTheSame()
    {
        var (fast, shared) = await OpenFirstAsync(0);
        fast.Lift();
        await shared.SendAsync(0, 16 * 1024);
        var slow = Open(0);
        await slow.PlaceAsync();
        await ReadAsync(fast);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        var held = shared.SendAsync(16 * 1024, 64 * 1024);
        await ReadAsync(fast);
        Assert.False(held.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(250));
        _time.Advance(TimeSpan.FromMilliseconds(250));
        await held.WaitAsync(Patience);
    }

    [Fact]
    public async Task Input_WhoIsSlowButMovesKeepsTheRight()
    {
        var (fast, slow, held) = await HeldAsync();
        _time.Advance(TimeSpan.FromMilliseconds(400));
        await ReadAsync(slow);
        _time.Advance(TimeSpan.FromMilliseconds(400));
        fast.Lift();
        Assert.False(slow.IsPrivate);
        Assert.False(held.IsCompleted);
    }

    [Fact]
    public async Task SteadySession_KeepsTheRight()
    {
        var (session, shared) = await OpenFirstAsync(0);
        await shared.SendAsync(0, 60 * 1024);
        var held = shared.SendAsync(60 * 1024, 60 * 1024);
        for (var second = 0; second < 6; second++)
        {
            await ReadAsync(session);
            await _outputs.TickAsync();
            held = shared.SendAsync((120 + (second * 60)) * 1024, 60 * 1024);
        }

        Assert.False(_stdio.Subscriptions.TryRead(out _));
        Assert.False(held.IsCompleted);
    }

    [Fact]
    public async Task LastSessionLeft_SubscriptionEndsAfterTheLinger()
    {
        var (session, shared) = await OpenFirstAsync(0);
        await session.DisposeAsync();
        await _outputs.TickAsync();
        Assert.False(shared.Disposed.IsCompleted);
        _time.Advance(new StreamingOptions().OutputLinger);
        await _outputs.TickAsync();
        await shared.Disposed.WaitAsync(Patience);
    }

    [Fact]
    public async Task End_AfterEverythingIsRead()
    {
        var (session, shared) = await OpenFirstAsync(0);
        await shared.SendAsync(0, 10);
        await shared.Observer.OnCompletedAsync();
        Assert.Equal(10, (await ReadAsync(session)).Length);
        Assert.Equal(OutputState.Ended, await session.ReadAsync(_pieces));
    }

    [Fact]
    public async Task SubscriptionLost_TriedAgainFromTheNextByte()
    {
        var (session, shared) = await OpenFirstAsync(0);
        await shared.SendAsync(0, 10);
        Assert.Equal(10, (await ReadAsync(session)).Length);
        await shared.Observer.OnErrorAsync(new TimeoutException());
        var again = await NextSubscriptionAsync();
        Assert.Equal(10, again.From.Offset);
        await again.SendAsync(10, 5);
        Assert.Equal(Chunks.Bytes(10, 5), await ReadAsync(session));
    }

    [Fact]
    public async Task Cancel_EndsAWaitingRead()
    {
        var (session, _) = await OpenFirstAsync(0);
        var reading = session.ReadAsync(_pieces).AsTask();
        session.Cancel();
        Assert.Equal(OutputState.Lost, await reading.WaitAsync(Patience));
        await session.DisposeAsync();
    }

    public async ValueTask DisposeAsync() => await _outputs.DisposeAsync();

    private static async Task<byte[]> ReadAsync(SessionOutput session)
    {
        var pieces = new List<OutputPiece>();
        Assert.Equal(OutputState.Data, await session.ReadAsync(pieces).AsTask().WaitAsync(Patience));
        byte[] bytes = [.. pieces.SelectMany(piece => piece.Data.ToArray())];
        session.Advance();
        return bytes;
    }

    /// <summary>A window that is full because one of two sessions has read nothing.</summary>
    private async Task<(SessionOutput Fast, SessionOutput Slow, Task Held)> HeldAsync()
    {
        const int chunk = 48 * 1024;
        var (fast, shared) = await OpenFirstAsync(0);
        var slow = Open(0);
        await slow.PlaceAsync();
        var held = Task.CompletedTask;
        for (var number = 0; number < 3; number++)
        {
            held = shared.SendAsync(number * chunk, chunk);
            await ReadAsync(fast);
        }

        Assert.False(held.IsCompleted);
        return (fast, slow, held);
    }

    private SessionOutput Open(long offset) => _outputs.Open(Container, new StdioPosition(offset, Chunks.Epoch), _policy, mayHold: true);

    private async Task<(SessionOutput Session, FakeSubscription Subscription)> OpenFirstAsync(long offset)
    {
        // The first read subscribes; an empty chunk of time is enough, for nothing is there to be read.
        var session = Open(offset);
        var shared = new TaskCompletionSource<FakeSubscription>(TaskCreationOptions.RunContinuationsAsynchronously);
        _stdio.Serve = subscription => shared.TrySetResult(subscription);
        var placed = session.PlaceAsync();
        var subscription = await shared.Task.WaitAsync(Patience);
        await placed;
        await NextSubscriptionAsync();
        return (session, subscription);
    }

    private Task<FakeSubscription> NextSubscriptionAsync() => _stdio.Subscriptions.ReadAsync().AsTask().WaitAsync(Patience);
}
