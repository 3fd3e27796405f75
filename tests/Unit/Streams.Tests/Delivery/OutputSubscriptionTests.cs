using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Log;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Streams.Tests.Delivery;

public sealed class OutputSubscriptionTests
{
    private const int Window = 64 * 1024;

    private readonly StdioLog _log = new(new StdioLogOptions(), epoch: 1);
    private readonly ScriptedReceiver _receiver = new();

    [Fact]
    public void NoAnswers_SendsTheWindowAndNoMore()
    {
        _ = Start();
        _log.Append(StdioStream.Stdout, new byte[10 * Window]);
        Assert.Equal(Window, _receiver.Batches.Sum(batch => batch.Length));
        Assert.All(_receiver.Batches, batch => Assert.InRange(batch.Length, 1, 4096));
    }

    /// <summary>Whoever says that it is there has not been left, however slowly it reads.</summary>
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task NothingHeard_AndAClientCameBack_HoldsPid1NoLonger(bool isThere, bool letsGo)
    {
        var clock = new FakeTimeProvider();
        using var log = new StdioLog(new StdioLogOptions(), epoch: 1, archive: new MemoryArchive(), clock: clock);
        var subscription = Make(log);
        subscription.Start();
        log.Append(StdioStream.Stdout, new byte[1024 * 1024]);
        clock.Advance(TimeSpan.FromSeconds(0.5));
        log.ClientReturned();
        var room = log.WaitForRoomAsync(CancellationToken.None).AsTask();
        Assert.False(room.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        if (isThere)
        {
            subscription.Acknowledge(0);
        }

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(letsGo, !log.IsHeld);
        clock.Advance(TimeSpan.FromSeconds(10));
        await room.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void AnswersInAnyOrder_OpenTheWindow()
    {
        _ = Start();
        _log.Append(StdioStream.Stdout, new byte[2 * Window]);
        for (var i = _receiver.Answers.Count - 1; i >= 0; i--)
        {
            _receiver.Answers[i].SetResult(Window);
        }

        Assert.Equal(2 * Window, _receiver.Batches.Sum(batch => batch.Length));
    }

    [Fact]
    public void SmallBatch_WaitsForCompanyWhileOneIsUnderWay()
    {
        _ = Start();
        _log.Append(StdioStream.Stdout, "a"u8);
        _log.Append(StdioStream.Stdout, "b"u8);
        _log.Append(StdioStream.Stdout, "c"u8);
        Assert.Single(_receiver.Batches);
        _receiver.Answers[0].SetResult(1);
        Assert.Equal([1, 2], _receiver.Batches.Select(batch => batch.Length));
    }

    [Fact]
    public void LostAnswer_DoesNotDelayTheNextKeystrokeBeyondTheRenewal()
    {
        var subscription = Start();
        _log.Append(StdioStream.Stdout, "a"u8);
        _log.Append(StdioStream.Stdout, "b"u8);
        subscription.Acknowledge(1);
        Assert.Equal(2, _receiver.Batches.Count);
    }

    [Fact]
    public void AppendBeforeStart_IsNoFaultAndIsSentAtTheStart()
    {
        var subscription = Make();
        _log.Append(StdioStream.Stdout, "a"u8);
        Assert.Empty(_receiver.Batches);
        subscription.Start();
        Assert.Single(_receiver.Batches);
    }

    [Fact]
    public async Task AppenderRunsWhileSubscriptionsAreMade_NothingFails()
    {
        var stop = false;
        var appender = Task.Run(() =>
        {
            while (!Volatile.Read(ref stop))
            {
                _log.Append(StdioStream.Stdout, "x"u8);
            }
        });
        for (var i = 0; i < 2000; i++)
        {
            var start = _log.Head;
            new OutputSubscription(_log, Request(), new SubscribeReply { Epoch = 1, Start = start }, Options(), NullLogger.Instance).Stop();
        }

        Volatile.Write(ref stop, true);
        await appender.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void FailedDelivery_KeepsTheBytesForTheOneWhoComesBack()
    {
        var subscription = Start();
        _log.Append(StdioStream.Stdout, new byte[1024 * 1024]);
        _receiver.Answers[0].SetException(new TimeoutException());
        Assert.False(subscription.State.Known);
        _log.Append(StdioStream.Stdout, new byte[1024 * 1024]);
        Assert.Equal(0, _log.Tail);
        Assert.False(_log.WaitForRoomAsync(default).IsCompleted);
        subscription.Stop();
        Assert.True(_log.WaitForRoomAsync(default).IsCompleted);
    }

    [Fact]
    public void End_ComesWithTheLastByteAndOnce()
    {
        _ = Start();
        _log.Append(StdioStream.Stdout, "a"u8);
        _log.Complete();
        Assert.Equal([false, true], _receiver.Batches.Select(batch => batch.End));
        _receiver.Answers.ForEach(answer => answer.SetResult(1));
        Assert.Equal(2, _receiver.Batches.Count);
    }

    [Fact]
    public void ConsumedBehindTheStart_CountsAgainstTheWindow()
    {
        _log.Append(StdioStream.Stdout, new byte[4 * Window]);
        var request = Request() with { Consumed = 100 };
        var subscription = new OutputSubscription(_log, request, new SubscribeReply { Epoch = 1, Start = Window }, Options(), NullLogger.Instance);
        subscription.Start();
        Assert.Equal(100, _receiver.Batches.Sum(batch => batch.Length));
    }

    private OutputSubscription Start()
    {
        var subscription = Make();
        subscription.Start();
        return subscription;
    }

    private OutputSubscription Make(StdioLog? log = null) => new(log ?? _log, Request(), new SubscribeReply { Epoch = 1, Start = 0 }, Options(), NullLogger.Instance);

    private SubscribeRequest Request() => new()
    {
        Subscription = Guid.NewGuid(),
        Generation = 1,
        Receiver = _receiver,
        Window = Window,
        MayHold = true,
    };

    private static DeliveryOptions Options() => new() { Window = Window, BatchSize = 4096 };
}
