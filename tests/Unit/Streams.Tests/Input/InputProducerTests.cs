using System.Text;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Delivery;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;
using CriAttach.Streams.Tests.Delivery;

namespace CriAttach.Streams.Tests.Input;

public sealed class InputProducerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Guid Ann = Guid.NewGuid();

    private readonly RecordingSink _sink = new();
    private readonly TimerClock _clock = new();
    private readonly ScriptedOwner _owner;
    private readonly InputProducer _producer;

    public InputProducerTests()
    {
        _owner = new ScriptedOwner(Queue(restored: false));
        _producer = new InputProducer(Ann, start: 0, _owner, new DeliveryOptions(), _clock);
    }

    [Fact]
    public async Task AnswerLost_IsSentAgainAndTakenOnce()
    {
        _owner.LoseAnswers = 1;
        var send = Send(0, "abc");
        await RetryAsync(send);
        await send.WaitAsync(Patience);
        Assert.Equal("abc", _sink.Text);
    }

    [Fact]
    public async Task LargeChunk_GoesInPieces()
    {
        await Send(0, new string('x', 5_000_000)).WaitAsync(Patience);
        Assert.Equal(5_000_000, _sink.Length);
        Assert.Equal(64 * 1024, _owner.MostBytes);
    }

    [Fact]
    public async Task Pipelined_ArrivesInOrder()
    {
        await Task.WhenAll(Send(2, "c"), Send(0, "ab"), Send(3, "", end: true)).WaitAsync(Patience);
        Assert.Equal("abc", _sink.Text);
    }

    [Fact]
    public async Task NewOwnerAndNothingUnderWay_GoesOnWithoutAWord()
    {
        await Send(0, "ab");
        _owner.Queue = Queue(restored: true);
        await Send(2, "c").WaitAsync(Patience);
        await Send(3, "d").WaitAsync(Patience);
        Assert.Equal("abcd", _sink.Text);
    }

    [Fact]
    public async Task NewOwnerWhileAPieceHadNoAnswer_ThatPieceIsInDoubtAndLaterOnesGoOn()
    {
        await Send(0, "ab");
        _owner.LoseAnswers = 1;
        var lost = Send(2, "cd");
        _owner.Queue = Queue(restored: true);
        await RetryAsync(lost);
        var doubt = await Assert.ThrowsAsync<InputInDoubtException>(() => lost.WaitAsync(Patience));
        Assert.Equal((2, 4), (doubt.From, doubt.To));
        await Send(4, "ef").WaitAsync(Patience);
        Assert.Equal("abcdef", _sink.Text);
    }

    [Fact]
    public async Task FirstPieceHadNoAnswerAndTheOwnerIsNew_IsNotSentTwice()
    {
        _owner.LoseAnswers = 1;
        var lost = Send(0, "ab");
        _owner.Queue = Queue(restored: true);
        await RetryAsync(lost);
        await Assert.ThrowsAsync<InputInDoubtException>(() => lost.WaitAsync(Patience));
        Assert.Equal("ab", _sink.Text);
    }

    [Fact]
    public async Task WhileAPieceHasNoAnswer_LaterOnesWaitAndAreNotInDoubt()
    {
        await Send(0, "ab");
        _owner.LoseAnswers = 1;
        var lost = Send(2, "cd");
        var later = Send(4, "ef");
        _owner.Queue = Queue(restored: true);
        await RetryAsync(lost);
        var doubt = await Assert.ThrowsAsync<InputInDoubtException>(() => lost.WaitAsync(Patience));
        Assert.Equal((2, 4), (doubt.From, doubt.To));
        await later.WaitAsync(Patience);
        Assert.Equal("abcdef", _sink.Text);
    }

    [Fact]
    public async Task Flush_CompletesWhenPid1CanReadAllBeforeIt()
    {
        var gate = new TaskCompletionSource();
        _sink.Gate = gate.Task;
        await Send(0, "ab").WaitAsync(Patience);
        var flush = Send(2, "");
        Assert.False(flush.IsCompleted);
        gate.SetResult();
        await flush.WaitAsync(Patience);
        Assert.Equal("ab", _sink.Text);
    }

    [Fact]
    public async Task Flush_OvertakenByLaterInput_WaitsOn()
    {
        var gate = new TaskCompletionSource();
        _sink.Gate = gate.Task;
        await Send(0, "ab").WaitAsync(Patience);
        var flush = Send(2, "");
        await Send(2, "cd").WaitAsync(Patience);
        for (var answers = 0; answers < 10; answers++)
        {
            await RetryAsync(flush);
        }

        Assert.False(flush.IsCompleted);
        gate.SetResult();
        for (var left = 1000; !flush.IsCompleted && left > 0; left--)
        {
            await RetryAsync(flush);
        }

        await flush.WaitAsync(Patience);
        Assert.Equal("abcd", _sink.Text);
    }

    [Fact]
    public async Task ResumedAtAnOwnerThatKnowsItsPlace_SeveralPiecesGoOnThere()
    {
        await Send(0, "ab").WaitAsync(Patience);
        _owner.Queue = Queue(restored: true);
        await Send(2, "cd").WaitAsync(Patience);
        var next = Guid.NewGuid();
        Assert.Equal(new InputPlace(4, 2, 4), _owner.Queue.Replace(Ann, next));
        var resumed = new InputProducer(next, start: 4, _owner, new DeliveryOptions(), _clock);
        var later = resumed.SendAsync(Chunk(5, "f", end: false, next));
        await resumed.SendAsync(Chunk(4, "e", end: false, next)).WaitAsync(Patience);
        await later.WaitAsync(Patience);
        Assert.Equal("abcdef", _sink.Text);
    }

    /// <summary>The connection before had sent it, this one sends it again, and the owner that would have known it for the same dies in between.</summary>
    [Fact]
    public async Task ResumedAndTheOwnerDies_WhatItHadTakenIsInDoubtAndNotTakenAgain()
    {
        var (next, resumed) = await ResumeAndLoseTheOwnerAsync();
        var doubt = await Assert.ThrowsAsync<InputInDoubtException>(() => resumed.SendAsync(Chunk(0, "abcd", end: false, next)).WaitAsync(Patience));
        Assert.Equal((0, 2), (doubt.From, doubt.To));
        await resumed.SendAsync(Chunk(4, "e", end: false, next)).WaitAsync(Patience);
        Assert.Equal("cde", _sink.Text);
    }

    [Fact]
    public async Task ResumedAndTheOwnerDies_OnlyWhatWasSentAgainIsToldToBeInDoubt()
    {
        var (next, resumed) = await ResumeAndLoseTheOwnerAsync();
        var first = await Assert.ThrowsAsync<InputInDoubtException>(() => resumed.SendAsync(Chunk(0, "a", end: false, next)).WaitAsync(Patience));
        var second = await Assert.ThrowsAsync<InputInDoubtException>(() => resumed.SendAsync(Chunk(1, "bcd", end: false, next)).WaitAsync(Patience));
        Assert.Equal((1, 2), (first.To, second.To));
        Assert.Equal("cd", _sink.Text);
    }

    [Fact]
    public async Task ResumedAndTheOwnerDies_TheEndArrivesThoughNothingIsSentAgain()
    {
        var (next, resumed) = await ResumeAndLoseTheOwnerAsync(once: true);
        await resumed.SendAsync(Chunk(0, "", end: true, next)).WaitAsync(Patience);
        Assert.Equal(1, _sink.Closes);
    }

    [Fact]
    public async Task NewOwnerHasClosedTheInput_TheDoubtIsToldFirst()
    {
        var (next, resumed) = await ResumeAndLoseTheOwnerAsync(once: true);
        _owner.Queue.AddProducer(Guid.Empty);
        _owner.Queue.EndProducer(Guid.Empty);
        for (var left = 1000; !_owner.Queue.IsClosed && left > 0; left--)
        {
            await Task.Yield();
        }

        var doubt = await Assert.ThrowsAsync<InputInDoubtException>(() => resumed.SendAsync(Chunk(0, "abcd", end: false, next)).WaitAsync(Patience));
        Assert.Equal((0, 2), (doubt.From, doubt.To));
        await Assert.ThrowsAsync<InputClosedException>(() => resumed.SendAsync(Chunk(4, "e", end: false, next)).WaitAsync(Patience));
    }

    [Fact]
    public async Task Flush_WhereANewOwnerDoesNotKnow_TellsWhatIsInDoubt()
    {
        var gate = await LoseTheOwnerOfUndeliveredAsync();
        var doubt = await Assert.ThrowsAsync<InputInDoubtException>(() => Send(2, "").WaitAsync(Patience));
        Assert.Equal((0, 2), (doubt.From, doubt.To));
        gate.SetResult();
        await Send(2, "cd").WaitAsync(Patience);
    }

    [Fact]
    public async Task APieceHasLearntOfTheDoubt_TheNextFlushTellsIt_AndThoseAfterItAreAnswered()
    {
        var gate = await LoseTheOwnerOfUndeliveredAsync();
        await Assert.ThrowsAsync<InputInDoubtException>(() => Send(2, "cd").WaitAsync(Patience));
        gate.SetResult();
        var doubt = await Assert.ThrowsAsync<InputInDoubtException>(() => Send(4, "").WaitAsync(Patience));
        Assert.Equal((0, 2), (doubt.From, doubt.To));
        await Send(4, "").WaitAsync(Patience);
    }

    [Fact]
    public async Task OwnersDieOneAfterTheOther_NoDoubtIsForgotten()
    {
        await LoseTheOwnerOfUndeliveredAsync();
        var later = Send(2, new string('c', 300 * 1024));
        _owner.Queue = Queue(restored: true);
        _clock.Advance(TimeSpan.FromSeconds(2));
        var doubt = await Assert.ThrowsAsync<InputInDoubtException>(() => later.WaitAsync(Patience));
        Assert.Equal(0, doubt.From);
        Assert.InRange(doubt.To, 2 + (256 * 1024), 2 + (300 * 1024));
    }

    /// <summary>The doubt was told as far as the client had sent again; that owner dies, too.</summary>
    [Fact]
    public async Task DoubtPartlyTold_TheNextOneBeginsWithTheRest()
    {
        var (next, resumed) = await ResumeAndLoseTheOwnerAsync();
        await Assert.ThrowsAsync<InputInDoubtException>(() => resumed.SendAsync(Chunk(0, "a", end: false, next)).WaitAsync(Patience));
        await Assert.ThrowsAsync<InputInDoubtException>(() => resumed.SendAsync(Chunk(1, "", end: false, next)).WaitAsync(Patience));
        _owner.LoseAnswers = 1;
        var lost = resumed.SendAsync(Chunk(1, "bcd", end: false, next));
        _owner.Queue = Queue(restored: true);
        _owner.Queue.AddProducer(next, restored: true);
        await RetryAsync(lost);
        var doubt = await Assert.ThrowsAsync<InputInDoubtException>(() => lost.WaitAsync(Patience));
        Assert.Equal((1, 4), (doubt.From, doubt.To));
    }

    [Fact]
    public async Task WayToPid1Breaks_WhatWasTakenIsInDoubtAndInputGoesOn()
    {
        await Send(0, "ab").WaitAsync(Patience);
        await Send(2, "").WaitAsync(Patience);
        _sink.Interruptions = 1;
        var doubt = await Assert.ThrowsAsync<InputInDoubtException>(() => Send(2, "cd").WaitAsync(Patience));
        Assert.Equal((2, 4), (doubt.From, doubt.To));
        await Send(4, "ef").WaitAsync(Patience);
        Assert.Equal("abef", _sink.Text);
    }

    /// <summary>Unlike a new owner, this one knows what it had taken.</summary>
    [Fact]
    public async Task WayToPid1BreaksForAnother_NothingOfThisOneIsInDoubt()
    {
        await Send(0, "ab").WaitAsync(Patience);
        _sink.Interruptions = 1;
        var bob = Guid.NewGuid();
        _owner.Queue.AddProducer(bob);
        var others = new InputProducer(bob, start: 0, _owner, new DeliveryOptions(), _clock);
        await Assert.ThrowsAsync<InputInDoubtException>(() => others.SendAsync(Chunk(0, "x", end: false, bob)).WaitAsync(Patience));
        await Task.WhenAll(Send(4, "ef"), Send(2, "cd"), Send(6, "")).WaitAsync(Patience);
        Assert.Equal("abcdef", _sink.Text);
    }

    [Fact]
    public async Task WayToPid1Breaks_WhatASessionThatIsOverHadSentStays()
    {
        _owner.Queue = Queue(restored: false, once: true);
        var bob = Guid.NewGuid();
        _owner.Queue.AddProducer(bob);
        var gate = new TaskCompletionSource();
        _sink.Gate = gate.Task;
        _sink.Interruptions = 1;
        var others = new InputProducer(bob, start: 0, _owner, new DeliveryOptions(), _clock);
        await others.SendAsync(Chunk(0, "x", end: false, bob)).WaitAsync(Patience);
        await Send(0, "ab").WaitAsync(Patience);
        _owner.Queue.EndProducer(Ann);
        gate.SetResult();
        for (var left = 1000; !_owner.Queue.IsClosed && left > 0; left--)
        {
            await Task.Yield();
        }

        Assert.Equal(("ab", 1), (_sink.Text, _sink.Closes));
    }

    [Fact]
    public async Task ProducerThatFollowsAnother_GoesOnAtItsOffset()
    {
        var second = new InputProducer(Ann, start: 2, _owner, new DeliveryOptions(), _clock);
        await Send(0, "ab").WaitAsync(Patience);
        _owner.Queue = Queue(restored: true);
        await second.SendAsync(Chunk(2, "c", end: false)).WaitAsync(Patience);
        Assert.Equal("abc", _sink.Text);
    }

    [Fact]
    public async Task NewOwnerAndOnlyTheEndIsLeftToSend_TheEndArrivesAndTheDoubtIsTold()
    {
        await LoseTheOwnerOfUndeliveredAsync(once: true);
        var doubt = await Assert.ThrowsAsync<InputInDoubtException>(() => Send(2, "", end: true).WaitAsync(Patience));
        Assert.Equal((0, 2), (doubt.From, doubt.To));
        Assert.Equal(1, _sink.Closes);
    }

    [Fact]
    public async Task AnswerLostAndALaterOneSaysAllArrived_NothingIsInDoubt()
    {
        var later = Send(2, "cd");
        _owner.LoseAnswers = 1;
        var unanswered = Send(0, "ab");
        await later.WaitAsync(Patience);
        _owner.Queue = Queue(restored: true);
        await RetryAsync(unanswered);
        await unanswered.WaitAsync(Patience);
        Assert.Equal("abcd", _sink.Text);
    }

    [Fact]
    public async Task NewOwnerAndNothingInDoubt_TheEndArrives()
    {
        await Send(0, "ab").WaitAsync(Patience);
        _owner.Queue = Queue(restored: true, once: true);
        await Send(2, "", end: true).WaitAsync(Patience);
        Assert.Equal(1, _sink.Closes);
    }

    [Fact]
    public async Task EndBeforePid1HasReadAll_IsThroughOnlyThen()
    {
        var gate = new TaskCompletionSource();
        _sink.Gate = gate.Task;
        await Send(0, "ab").WaitAsync(Patience);
        var end = Send(2, "", end: true);
        Assert.False(end.IsCompleted);
        gate.SetResult();
        await end.WaitAsync(Patience);
        Assert.Equal("ab", _sink.Text);
    }

    [Fact]
    public async Task SessionOver_InputIsClosed()
    {
        _owner.Queue.EndProducer(Ann);
        await Assert.ThrowsAsync<InputClosedException>(() => Send(0, "a").WaitAsync(Patience));
    }

    private async Task RetryAsync(Task send)
    {
        await Task.WhenAny(_clock.TimersAsync(1), send).WaitAsync(Patience);
        _clock.Advance(TimeSpan.FromSeconds(1));
    }

    private StdinQueue Queue(bool restored, bool once = false)
    {
        var queue = new StdinQueue(_sink, new StdioLog(new StdioLogOptions(), epoch: 1), new StdinOptions(), once, _clock);
        queue.AddProducer(Ann, restored: restored);
        return queue;
    }

    /// <summary>"ab" was taken and PID 1 cannot read it, until the gate opens, when there is a new owner.</summary>
    private async Task<TaskCompletionSource> LoseTheOwnerOfUndeliveredAsync(bool once = false)
    {
        var gate = new TaskCompletionSource();
        _sink.Gate = gate.Task;
        await Send(0, "ab").WaitAsync(Patience);
        _owner.Queue = Queue(restored: true, once: once);
        return gate;
    }

    /// <summary>What was taken is not read; the session goes on by another connection, whose first message comes to another owner than the one that took it.</summary>
    private async Task<(Guid Id, InputProducer Producer)> ResumeAndLoseTheOwnerAsync(bool once = false)
    {
        _sink.Gate = new TaskCompletionSource().Task;
        await Send(0, "ab").WaitAsync(Patience);
        var next = Guid.NewGuid();
        var place = _owner.Queue.Replace(Ann, next);
        Assert.Equal(new InputPlace(0, 0, 2), place);
        _sink.Gate = Task.CompletedTask;
        _owner.Queue = Queue(restored: true, once);
        _owner.Queue.AddProducer(next, restored: true, takenBefore: place.Taken);
        return (next, new InputProducer(next, start: 0, _owner, new DeliveryOptions(), _clock));
    }

    private Task Send(long offset, string text, bool end = false) => _producer.SendAsync(Chunk(offset, text, end));

    private static StdioChunk Chunk(long offset, string text, bool end, Guid? producer = null) => new()
    {
        Kind = end ? StdioChunkKind.End : StdioChunkKind.Data,
        Stream = StdioStream.Stdin,
        Offset = offset,
        Data = Encoding.ASCII.GetBytes(text),
        Producer = producer ?? Ann,
    };
}
