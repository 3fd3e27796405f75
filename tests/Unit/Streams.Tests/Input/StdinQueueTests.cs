using System.Text;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Batches;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Streams.Tests.Input;

public sealed class StdinQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Guid Ann = Guid.NewGuid();
    private static readonly Guid Bob = Guid.NewGuid();

    private readonly RecordingSink _sink = new();
    private readonly FakeTimeProvider _clock = new();
    private readonly StdioLog _output;

    public StdinQueueTests() => _output = new StdioLog(new StdioLogOptions(), epoch: 1, clock: _clock);

    [Fact]
    public async Task InOrder_IsWrittenAndAnswered()
    {
        var queue = Queue();
        var reply = await Publish(queue, Ann, 0, "ab");
        Assert.Equal((PublishStatus.Accepted, 2, 2), (reply.Status, reply.Accepted, reply.Delivered));
        await Publish(queue, Bob, 0, "X");
        await Publish(queue, Ann, 2, "c");
        Assert.Equal("abXc", _sink.Text);
    }

    [Fact]
    public async Task WrittenButNotHandedOver_IsNotDeliveredAndWhoAsksWaits()
    {
        var queue = Queue();
        _sink.IsHandedOver = false;
        var reply = await Publish(queue, Ann, 0, "ab");
        Assert.Equal((PublishStatus.Accepted, 2, 0), (reply.Status, reply.Accepted, reply.Delivered));
        var question = Publish(queue, Ann, 2, "");
        _clock.Advance(TimeSpan.FromMilliseconds(5));
        Assert.False(question.IsCompleted);
        _sink.IsHandedOver = true;
        await Publish(queue, Bob, 0, "X");
        _clock.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Equal(2, (await question.WaitAsync(Patience)).Delivered);
    }

    [Fact]
    public async Task Replaced_TheOldOneIsRefusedAndTheNewOneGoesOnWhereItWas()
    {
        var queue = Queue();
        await Publish(queue, Ann, 0, "ab");
        var next = Guid.NewGuid();
        Assert.Equal(new InputPlace(2, 0, 2), queue.Replace(Ann, next));
        Assert.Equal(PublishStatus.Unknown, (await Publish(queue, Ann, 2, "X")).Status);
        await Publish(queue, next, 1, "bc");
        Assert.Equal("abc", _sink.Text);
    }

    [Fact]
    public async Task Replaced_WhoWaitsUnderTheOldNameIsLetGo()
    {
        var queue = Queue();
        var waiting = Publish(queue, Ann, 5, "late");
        queue.Replace(Ann, Guid.NewGuid());
        Assert.Equal(PublishStatus.Unknown, (await waiting.WaitAsync(Patience)).Status);
    }

    [Fact]
    public void Replaced_BeforeItSaidAnythingToAnewOwner_ItsPlaceIsUnknown()
    {
        var queue = Queue();
        queue.EndProducer(Ann);
        queue.AddProducer(Ann, restored: true);
        var next = Guid.NewGuid();
        Assert.Equal(InputPlace.Unknown, queue.Replace(Ann, next));
        Assert.Equal(InputPlace.Unknown, queue.Replace(next, Guid.NewGuid()));
        Assert.Equal(InputPlace.Unknown, queue.Replace(Guid.NewGuid(), Guid.NewGuid()));
    }

    [Fact]
    public async Task Replaced_AfterItGoesOnWithANewOwner_SaysFromWhereOn()
    {
        var queue = Queue();
        queue.EndProducer(Ann);
        queue.AddProducer(Ann, restored: true);
        var incarnation = (await Publish(queue, Ann, 0, "ab")).Incarnation;
        await Publish(queue, Ann, 7, "cd", incarnation: incarnation, begin: 7);
        Assert.Equal(new InputPlace(9, 7, 9), queue.Replace(Ann, Guid.NewGuid()));
    }

    [Fact]
    public async Task OutOfOrder_WaitsForWhatIsBefore()
    {
        var queue = Queue();
        var later = Publish(queue, Ann, 2, "cd");
        Assert.False(later.IsCompleted);
        await Publish(queue, Ann, 0, "ab");
        Assert.Equal(4, (await later.WaitAsync(Patience)).Accepted);
        Assert.Equal("abcd", _sink.Text);
    }

    [Fact]
    public async Task OutOfOrder_WaitsNoLongerThanItsPatience()
    {
        var queue = Queue();
        var later = Publish(queue, Ann, 2, "cd");
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, (await later.WaitAsync(Patience)).Accepted);
    }

    [Fact]
    public async Task SentTwiceOrOverlapping_IsTakenOnce()
    {
        var queue = Queue();
        await Publish(queue, Ann, 0, "abc");
        await Publish(queue, Ann, 0, "abc");
        Assert.Equal(5, (await Publish(queue, Ann, 1, "bcde")).Accepted);
        Assert.Equal("abcde", _sink.Text);
    }

    [Fact]
    public async Task WindowFull_TakesAPartAndSaysSo()
    {
        var gate = new TaskCompletionSource();
        _sink.Gate = gate.Task;
        var queue = Queue();
        var publish = Publish(queue, Ann, 0, new string('x', 300 * 1024));
        Assert.False(publish.IsCompleted);
        Assert.Equal(1, (await Publish(queue, Bob, 0, "y")).Accepted);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(256 * 1024, (await publish.WaitAsync(Patience)).Accepted);
        gate.SetResult();
        Assert.Equal(300 * 1024, (await Publish(queue, Ann, 256 * 1024, new string('x', 44 * 1024)).WaitAsync(Patience)).Accepted);
    }

    [Fact]
    public async Task EndBeforeTheBytesInFront_IsNotLost()
    {
        var queue = Queue(once: true);
        var end = Publish(queue, Ann, 3, "", end: true);
        await Publish(queue, Ann, 0, "abc");
        await end.WaitAsync(Patience);
        Assert.Equal(("abc", 1), (_sink.Text, _sink.Closes));
        Assert.True(queue.IsClosed);
    }

    [Fact]
    public async Task EndBehindAnothersInput_WaitsForItsTurn()
    {
        var gate = new TaskCompletionSource();
        var queue = Queue(once: true);
        await Publish(queue, Ann, 0, "a");
        _sink.Gate = gate.Task;
        await Publish(queue, Bob, 0, "b");
        var end = Publish(queue, Ann, 1, "", end: true);
        _clock.Advance(TimeSpan.FromSeconds(2));
        var early = await end.WaitAsync(Patience);
        Assert.Equal((PublishStatus.Accepted, 1, true), (early.Status, early.Delivered, early.EndWaits));
        end = Publish(queue, Ann, 1, "", end: true);
        Assert.False(end.IsCompleted);
        gate.SetResult();
        Assert.False((await end.WaitAsync(Patience)).EndWaits);
        Assert.Equal(("ab", 1), (_sink.Text, _sink.Closes));
    }

    [Fact]
    public async Task EndAndBytesAtTheSameTime_TheEndIsNeverLost()
    {
        for (var i = 0; i < 500; i++)
        {
            var sink = new RecordingSink();
            var queue = new StdinQueue(sink, _output, new StdinOptions(), closeOnFirstEnd: true, TimeProvider.System);
            queue.AddProducer(Ann);
            var end = Task.Run(() => Publish(queue, Ann, 1, "", end: true));
            var bytes = Task.Run(() => Publish(queue, Ann, 0, "a"));
            await Task.WhenAll(end, bytes).WaitAsync(Patience);
            Assert.Equal(1, sink.Closes);
        }
    }

    [Fact]
    public async Task EndWithoutStdinOnce_LeavesTheInputOpenForOthers()
    {
        var queue = Queue();
        await Publish(queue, Ann, 0, "a", end: true);
        Assert.Equal(PublishStatus.Closed, (await Publish(queue, Ann, 1, "more")).Status);
        await Publish(queue, Bob, 0, "b");
        Assert.Equal(("ab", 0), (_sink.Text, _sink.Closes));
    }

    [Fact]
    public async Task StdinOnce_TheFirstEndClosesForAll()
    {
        var queue = Queue(once: true);
        await Publish(queue, Ann, 0, "a", end: true);
        Assert.Equal(1, _sink.Closes);
        Assert.Equal(PublishStatus.Closed, (await Publish(queue, Bob, 0, "b")).Status);
        queue.EndProducer(Bob);
        Assert.Equal("a", _sink.Text);
    }

    [Fact]
    public async Task SinkFails_InputIsClosedWhateverTheFaultIs()
    {
        _sink.Fault = new InvalidOperationException("a runtime's bug");
        var queue = Queue();
        await Publish(queue, Ann, 0, "a");
        Assert.Equal(PublishStatus.Closed, (await Publish(queue, Ann, 1, "b")).Status);
    }

    [Fact]
    public async Task SessionEnds_ItsWaitingPublishIsAnsweredAtOnce()
    {
        var queue = Queue();
        var later = Publish(queue, Ann, 2, "cd");
        queue.EndProducer(Ann);
        Assert.Equal((PublishStatus.Unknown, 0), ((await later.WaitAsync(Patience)).Status, (await later).Incarnation));
    }

    [Fact]
    public async Task OtherIncarnation_IsRefusedAndToldTheNewOne()
    {
        var queue = Queue();
        var first = await Publish(queue, Ann, 0, "a");
        var reply = await Publish(queue, Ann, 1, "b", incarnation: first.Incarnation + 1);
        Assert.Equal((PublishStatus.Unknown, first.Incarnation), (reply.Status, reply.Incarnation));
    }

    [Fact]
    public async Task RestoredProducer_DoesNotTakeWhatAnEarlierOwnerMayHaveTaken()
    {
        var queue = new StdinQueue(_sink, _output, new StdinOptions(), closeOnFirstEnd: false, _clock);
        queue.AddProducer(Ann, restored: true);
        var reply = await Publish(queue, Ann, 0, "a");
        Assert.Equal(PublishStatus.Unknown, reply.Status);
        Assert.NotEqual(0, reply.Incarnation);
        await Publish(queue, Ann, 7, "b", incarnation: reply.Incarnation, begin: 7);
        Assert.Equal("b", _sink.Text);
    }

    [Fact]
    public async Task TypingInTurn_TellsWhoTypes()
    {
        var typed = new List<string>();
        var queue = new StdinQueue(_sink, _output, new StdinOptions(), closeOnFirstEnd: false, _clock);
        queue.AddProducer(Ann, () => typed.Add("ann"));
        queue.AddProducer(Bob, () => typed.Add("bob"));
        await Publish(queue, Ann, 0, "a");
        await Publish(queue, Ann, 1, "a");
        await Publish(queue, Bob, 0, "b");
        await Publish(queue, Ann, 2, "a");
        Assert.Equal(["ann", "bob", "ann"], typed);
    }

    [Fact]
    public async Task Muted_ItsInputIsAcknowledgedAndThrownAway()
    {
        var queue = Queue();
        await Publish(queue, Ann, 0, "ab");
        queue.Mute(Ann, muted: true);
        var reply = await Publish(queue, Ann, 2, "cd");
        Assert.Equal((PublishStatus.Accepted, 4, 4), (reply.Status, reply.Accepted, reply.Delivered));
        await Publish(queue, Bob, 0, "X");
        queue.Mute(Ann, muted: false);
        await Publish(queue, Ann, 4, "e");
        Assert.Equal("abXe", _sink.Text);
        Assert.Equal(4, queue.Delivered);
    }

    [Fact]
    public async Task Muted_WhatWasQueuedBeforeGoesItsWay()
    {
        var gate = new TaskCompletionSource();
        _sink.Gate = gate.Task;
        var queue = Queue();
        await Publish(queue, Ann, 0, "a");
        await Publish(queue, Ann, 1, "b");
        queue.Mute(Ann, muted: true);
        await Publish(queue, Ann, 2, "c");
        gate.SetResult();
        var reply = await Publish(queue, Ann, 3, "", end: true).WaitAsync(Patience);
        Assert.Equal(3, reply.Delivered);
        Assert.Equal("ab", _sink.Text);
    }

    [Fact]
    public async Task Muted_ItsEndClosesNothing()
    {
        var queue = Queue(once: true);
        queue.Mute(Ann, muted: true);
        await Publish(queue, Ann, 0, "", end: true);
        queue.EndProducer(Ann);
        await Publish(queue, Bob, 0, "b");
        Assert.False(queue.IsClosed);
        Assert.Equal("b", _sink.Text);
    }

    [Fact]
    public async Task Muted_TellsNobodyThatItTypes()
    {
        var typed = new List<string>();
        var queue = new StdinQueue(_sink, _output, new StdinOptions(), closeOnFirstEnd: false, _clock);
        queue.AddProducer(Ann, () => typed.Add("ann"), muted: true);
        await Publish(queue, Ann, 0, "a");
        Assert.Empty(typed);
    }

    [Fact]
    public async Task Watcher_SeesWhatPid1GetsUntilAnotherTakesItsPlace()
    {
        var (first, second) = (new List<string>(), new List<string>());
        Action<ReadOnlyMemory<byte>> one = data => first.Add(System.Text.Encoding.ASCII.GetString(data.Span));
        Action<ReadOnlyMemory<byte>> two = data => second.Add(System.Text.Encoding.ASCII.GetString(data.Span));
        var queue = Queue();
        queue.Watch(one);
        await Publish(queue, Ann, 0, "a");
        queue.Watch(two);
        queue.Unwatch(one);
        await Publish(queue, Ann, 1, "b");
        queue.Unwatch(two);
        await Publish(queue, Ann, 2, "c");
        Assert.Equal(["a", "b", "abc"], [.. first, .. second, _sink.Text]);
    }

    [Fact]
    public async Task TypingAfterAnotherCameOrWasMuted_IsToldAgain()
    {
        var typed = new List<string>();
        var queue = new StdinQueue(_sink, _output, new StdinOptions(), closeOnFirstEnd: false, _clock);
        queue.AddProducer(Ann, () => typed.Add("ann"));
        await Publish(queue, Ann, 0, "a");
        queue.AddProducer(Bob, () => typed.Add("bob"));
        await Publish(queue, Ann, 1, "a");
        queue.Mute(Bob, muted: true);
        queue.Mute(Bob, muted: false);
        await Publish(queue, Ann, 2, "a");
        await Publish(queue, Ann, 3, "a");
        Assert.Equal(["ann", "ann", "ann"], typed);
    }

    [Fact]
    public async Task InputWaitsForPid1_ItsOutputIsNotHeldMeanwhile()
    {
        var gate = new TaskCompletionSource();
        _sink.Gate = gate.Task;
        var queue = Queue();
        _output.OpenReader(0, mayHold: true, () => { });
        await Publish(queue, Ann, 0, "a");
        _output.Append(StdioStream.Stdout, new byte[3 * 1024 * 1024]);
        Assert.True(_output.WaitForRoomAsync(default).IsCompletedSuccessfully);
        gate.SetResult();
    }

    [Fact]
    public async Task OutputMovesWhileInputWaits_TheOtherLogIsNotHeldEither()
    {
        var gate = new TaskCompletionSource();
        _sink.Gate = gate.Task;
        var queue = Queue();
        await Publish(queue, Ann, 0, "a");
        using var next = new StdioLog(new StdioLogOptions(), epoch: 2);
        next.OpenReader(0, mayHold: true, () => { });
        queue.MoveTo(next);
        next.Append(StdioStream.Stdout, new byte[3 * 1024 * 1024]);
        Assert.True(next.WaitForRoomAsync(default).IsCompletedSuccessfully);
        gate.SetResult();
    }

    [Fact]
    public void DisposedTwice_IsNoFault()
    {
        var queue = Queue();
        queue.Dispose();
        queue.Dispose();
    }

    private StdinQueue Queue(bool once = false)
    {
        var queue = new StdinQueue(_sink, _output, new StdinOptions(), once, _clock);
        queue.AddProducer(Ann);
        queue.AddProducer(Bob);
        return queue;
    }

    private static Task<PublishReply> Publish(StdinQueue queue, Guid producer, long offset, string text, bool end = false, long incarnation = 0, long begin = 0)
    {
        var block = new PooledBlock(Math.Max(1, text.Length));
        Encoding.ASCII.GetBytes(text, block.Memory.Span);
        return queue.PublishAsync(new StdioBatch(text.Length == 0 ? [] : [new LogSlice(StdioStream.Stdin, block, block.Memory[..text.Length])], owned: false)
        {
            Channel = producer,
            Generation = incarnation,
            Epoch = begin,
            Offset = offset,
            End = end,
        });
    }
}
