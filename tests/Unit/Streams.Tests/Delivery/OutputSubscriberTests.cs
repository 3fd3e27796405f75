using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Batches;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Log;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CriAttach.Streams.Tests.Delivery;

public sealed class OutputSubscriberTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TimerClock _clock = new();
    private readonly StdioLog _log = new(new StdioLogOptions(), epoch: 1);
    private readonly RecordingObserver _observer = new();
    private readonly OutputSubscriptions _subscriptions;
    private readonly DirectOwner _owner;

    public OutputSubscriberTests()
    {
        _subscriptions = new OutputSubscriptions(Options.Create(new DeliveryOptions()), _clock, NullLogger<OutputSubscription>.Instance);
        _owner = new DirectOwner(_subscriptions, _log);
    }

    public void Dispose() => _subscriptions.Dispose();

    [Fact]
    public async Task NodeStaysAway_TheObserverIsToldAlthoughUnsubscribingFailsToo()
    {
        await StartAsync();
        _owner.Fault = new NodeUnavailableException("gone");
        for (var second = 0; second < 125 && !_observer.Completed.IsCompleted; second++)
        {
            var renewed = _owner.RenewedAsync();
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(renewed, _observer.Completed).WaitAsync(Patience);
        }

        await Assert.ThrowsAsync<NodeUnavailableException>(() => _observer.Completed.WaitAsync(Patience));
    }

    [Fact]
    public async Task UnexpectedFaultOfARenewal_TheObserverIsTold()
    {
        await StartAsync();
        _owner.Fault = new InvalidOperationException("a bug");
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<InvalidOperationException>(() => _observer.Completed.WaitAsync(Patience));
    }

    [Fact]
    public async Task ContainerRemovedBeforeItsEnd_TheObserverIsTold()
    {
        await StartAsync();
        _owner.Log = null;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<ContainerNotFoundException>(() => _observer.Completed.WaitAsync(Patience));
    }

    [Fact]
    public async Task LogReplacedByAnotherEpoch_TheGapIsToldAndTheNewLogGoesOn()
    {
        await StartAsync();
        _log.Append(StdioStream.Stdout, "old"u8);
        await _observer.Began.WaitAsync(Patience);
        var next = new StdioLog(new StdioLogOptions(), epoch: 2);
        next.Append(StdioStream.Stdout, "new"u8);
        next.Complete();
        _owner.Log = next;
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _observer.Completed.WaitAsync(Patience);
        Assert.Equal("oldnew"u8, _observer.Bytes);
        Assert.Equal([StdioChunk.UnknownLength], _observer.Chunks.Where(chunk => chunk.Kind == StdioChunkKind.Gap).Select(chunk => chunk.Length));
    }

    [Fact]
    public async Task BatchOfAnEpochThatHasNotBegun_SaysNothingOfWhatWasConsumed()
    {
        var subscriber = await StartAsync();
        _log.Append(StdioStream.Stdout, "old"u8);
        await _observer.Began.WaitAsync(Patience);
        using CancellationTokenSource limit = new(Patience);
        while (await subscriber.DeliverAsync(Batch(epoch: 1)) != 3)
        {
            // The observer has begun; that it is done with the bytes is counted behind it.
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        Assert.Equal(0, await subscriber.DeliverAsync(Batch(epoch: 2)));
        StdioBatch Batch(long epoch) => new([], owned: true) { Channel = subscriber.HandleId, Generation = 2, Epoch = epoch, Offset = 0 };
    }

    [Fact]
    public void RenewalOfAnotherEpoch_IsUnknown()
    {
        var id = Guid.NewGuid();
        _subscriptions.Subscribe(_log, new SubscribeRequest { Subscription = id, Generation = 1, Receiver = new ScriptedReceiver(), Window = 1, MayHold = true });
        Assert.False(_subscriptions.Renew(_log, new LeaseRequest { Subscription = id, Generation = 1, Consumed = 0, Epoch = 2 }).Known);
        Assert.True(_subscriptions.Renew(_log, new LeaseRequest { Subscription = id, Generation = 1, Consumed = 0, Epoch = 1 }).Known);
        Assert.True(_subscriptions.Renew(_log, new LeaseRequest { Subscription = id, Generation = 1, Consumed = 0 }).Known, "a gateway of a release before says no epoch");
    }

    [Fact]
    public void LeaseRunsOut_TheNodeForgetsTheSubscription()
    {
        _subscriptions.Subscribe(_log, new SubscribeRequest { Subscription = Guid.NewGuid(), Generation = 1, Receiver = new ScriptedReceiver(), Window = 1, MayHold = true });
        Assert.Equal(1, _subscriptions.Count);
        _clock.Advance(TimeSpan.FromSeconds(21));
        Assert.Equal(0, _subscriptions.Count);
    }

    [Theory]
    [InlineData(true, 64 * 1024)]
    [InlineData(false, 16 * 1024)]
    public async Task Window_IsAQuarterForOneThatMayNotHold(bool mayHold, int window)
    {
        await StartAsync(mayHold);
        Assert.Equal(window, _owner.Asked!.Window);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ObserverIsDoneLate_TheWindowOpensWithoutARenewal(bool mayHold)
    {
        var content = new byte[512 * 1024];
        Random.Shared.NextBytes(content);
        _observer.Stall();
        await StartAsync(mayHold);
        _log.Append(StdioStream.Stdout, content);
        _log.Complete();
        await _observer.Began.WaitAsync(Patience);
        _observer.GoOn();
        await _observer.Completed.WaitAsync(Patience);
        Assert.Equal(content, _observer.Bytes);
    }

    [Fact]
    public async Task Unsubscribed_NothingMoreComes()
    {
        var subscriber = await StartAsync();
        await subscriber.UnsubscribeAsync();
        Assert.Equal(0, _subscriptions.Count);
        _log.Append(StdioStream.Stdout, "x"u8);
        Assert.Empty(_observer.Chunks);
    }

    private async Task<OutputSubscriber> StartAsync(bool mayHold = true)
    {
        var subscriber = new OutputSubscriber(DeliveryModelTests.Context(_owner, _clock), _observer, new StdioToken(0, 0), mayHold);
        await subscriber.StartAsync().WaitAsync(Patience);
        await _clock.TimersAsync(2).WaitAsync(Patience);
        return subscriber;
    }
}
