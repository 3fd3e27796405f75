using CriAttach.Gateway.Streaming.Input;
using CriAttach.Gateway.Tests.Fakes;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Input;
using Microsoft.Extensions.Logging.Abstractions;

namespace CriAttach.Gateway.Tests.Streaming.Input;

public sealed class InputPumpTests
{
    private const int Limit = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeStdio _stdio = new();
    private readonly InputBuffer _buffer = new(Limit);
    private readonly FakeInputListener _listener = new();
    private readonly Task<Exception?> _running;

    public InputPumpTests() => _running = new InputPump(
        _stdio, ContainerKey.For("n1", "c1"), Guid.NewGuid(), start: 0, "s1", _buffer, _listener, NullLogger.Instance).RunAsync();

    [Fact]
    public async Task SmallWrites_WhileOneIsOnItsWay_BecomeOneBatch()
    {
        _ = _buffer.WriteAsync("a"u8);
        var first = await NextAsync();
        _ = _buffer.WriteAsync("b"u8);
        _ = _buffer.WriteAsync("c"u8);
        Assert.False(_stdio.Input.Sends.TryRead(out _));
        first.Answer.SetResult();
        var second = await NextAsync();
        Assert.Equal("bc"u8, second.Data);
        Assert.Equal(1, second.Offset);
    }

    [Fact]
    public async Task BigWrite_EightBatchesOnTheirWayAndNoMore()
    {
        var data = new byte[Limit];
        new Random(3).NextBytes(data);
        _ = _buffer.WriteAsync(data);
        var seen = new List<byte>();
        var sends = new List<FakeSend>();
        for (var i = 0; i < 8; i++)
        {
            sends.Add(await NextAsync());
            seen.AddRange(sends[^1].Data);
        }

        Assert.All(sends, send => Assert.Equal(InputBlock.MaxLength, send.Data.Length));
        sends[3].Answer.SetResult();
        var ninth = await NextAsync();
        Assert.Equal(8 * InputBlock.MaxLength, ninth.Offset);
        seen.AddRange(ninth.Data);
        Assert.Equal(data[..seen.Count], seen.ToArray());
        Assert.False(_stdio.Input.Sends.TryRead(out _));
    }

    [Fact]
    public async Task DeliveryIsWanted_IsAskedForByAChunkWithoutBytes()
    {
        _listener.WantsDelivered = true;
        _ = _buffer.WriteAsync("ab"u8);
        (await NextAsync()).Answer.SetResult();
        var question = await NextAsync();
        Assert.Equal((0, 2L), (question.Data.Length, question.Offset));
        question.Answer.SetResult();
        Assert.Equal(2, await _listener.Delivered.Reader.ReadAsync().AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task QuestionHearsOfADoubt_WhatCameAfterItIsAskedAboutAgain()
    {
        _listener.WantsDelivered = true;
        _ = _buffer.WriteAsync("ab"u8);
        (await NextAsync()).Answer.SetResult();
        (await NextAsync()).Answer.SetException(new InputInDoubtException(0, 1));
        Assert.Equal((0, 1), await _listener.Doubts.Reader.ReadAsync().AsTask().WaitAsync(Patience));
        var again = await NextAsync();
        Assert.Equal((0, 2L), (again.Data.Length, again.Offset));
        Assert.False(_listener.Delivered.Reader.TryRead(out _));
        again.Answer.SetResult();
        Assert.Equal(2, await _listener.Delivered.Reader.ReadAsync().AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task InDoubt_IsToldOnceForAllThatWasUnderWay()
    {
        _ = _buffer.WriteAsync(new byte[2 * InputBlock.MaxLength]);
        var (first, second) = (await NextAsync(), await NextAsync());
        first.Answer.SetException(new InputInDoubtException(0, 2 * InputBlock.MaxLength));
        second.Answer.SetException(new InputInDoubtException(0, 2 * InputBlock.MaxLength));
        Assert.Equal((0, 2 * InputBlock.MaxLength), await _listener.Doubts.Reader.ReadAsync().AsTask().WaitAsync(Patience));
        _ = _buffer.WriteAsync("c"u8);
        var next = await NextAsync();
        Assert.Equal("c"u8, next.Data);
        Assert.False(_listener.Doubts.Reader.TryRead(out _));
    }

    [Fact]
    public async Task InterruptedSession_HasNoEnd()
    {
        _ = _buffer.WriteAsync("a"u8);
        _buffer.Complete(ends: false);
        (await NextAsync()).Answer.SetResult();
        Assert.Null(await _running.WaitAsync(Patience));
        Assert.False(_stdio.Input.Sends.TryRead(out _));
    }

    [Fact]
    public async Task Full_WriterWaitsUntilHalfIsTaken()
    {
        var room = _buffer.WriteAsync(new byte[Limit + 1]);
        Assert.False(room.IsCompleted);
        for (var taken = 0; taken < (Limit / 2) + 1; taken += InputBlock.MaxLength)
        {
            Assert.False(room.IsCompleted);
            (await NextAsync()).Answer.SetResult();
        }

        await room.WaitAsync(Patience);
    }

    [Fact]
    public async Task Complete_EndComesBehindEverything()
    {
        _ = _buffer.WriteAsync("abc"u8);
        _buffer.Complete();
        var data = await NextAsync();
        Assert.False(_stdio.Input.Sends.TryRead(out _));
        data.Answer.SetResult();
        var end = await NextAsync();
        Assert.Equal(StdioChunkKind.End, end.Kind);
        Assert.Equal(3, end.Offset);
        end.Answer.SetResult();
        Assert.Null(await _running.WaitAsync(Patience));
        Assert.True(_stdio.Input.IsDisposed);
    }

    /// <summary>Of two that ask only one is told of a doubt, and the other one's good answer must not be heard first.</summary>
    [Fact]
    public async Task Complete_WhileAQuestionIsOnItsWay_TheEndWaitsForItAndSaysWhatIsDelivered()
    {
        _listener.WantsDelivered = true;
        _ = _buffer.WriteAsync("abc"u8);
        (await NextAsync()).Answer.SetResult();
        var question = await NextAsync();
        _buffer.Complete();
        Assert.False(_stdio.Input.Sends.TryRead(out _));
        question.Answer.SetException(new InputInDoubtException(0, 3));
        Assert.Equal((0, 3), await _listener.Doubts.Reader.ReadAsync().AsTask().WaitAsync(Patience));
        var end = await NextAsync();
        Assert.Equal((StdioChunkKind.End, 3L), (end.Kind, end.Offset));
        Assert.False(_listener.Delivered.Reader.TryRead(out _));
        end.Answer.SetResult();
        Assert.Equal(3, await _listener.Delivered.Reader.ReadAsync().AsTask().WaitAsync(Patience));
        Assert.Null(await _running.WaitAsync(Patience));
    }

    [Fact]
    public async Task ClientDoesNotRead_TheEndGoesAllTheSame()
    {
        _listener.WantsDelivered = true;
        var hears = new TaskCompletionSource();
        _listener.Hears = hears.Task;
        _ = _buffer.WriteAsync("abc"u8);
        (await NextAsync()).Answer.SetResult();
        (await NextAsync()).Answer.SetResult();
        _ = _buffer.WriteAsync("d"u8);
        (await NextAsync()).Answer.SetResult();
        Assert.False(_stdio.Input.Sends.TryRead(out _));
        _buffer.Complete();
        (await NextAsync()).Answer.SetResult();
        Assert.Null(await _running.WaitAsync(Patience));
        hears.SetResult();
    }

    [Fact]
    public async Task InputClosed_RestThrownAwayAndNoFault()
    {
        _ = _buffer.WriteAsync("abc"u8);
        (await NextAsync()).Answer.SetException(new InputClosedException());
        Assert.Null(await _running.WaitAsync(Patience));
        Assert.True(_buffer.WriteAsync(new byte[2 * Limit]).IsCompleted);
    }

    [Fact]
    public async Task InDoubt_GoesOn()
    {
        _ = _buffer.WriteAsync("abc"u8);
        (await NextAsync()).Answer.SetException(new InputInDoubtException(0, 3));
        _ = _buffer.WriteAsync("d"u8);
        Assert.Equal(3, (await NextAsync()).Offset);
    }

    [Fact]
    public async Task OtherFault_ReturnedAndRoomMade()
    {
        var room = _buffer.WriteAsync(new byte[2 * Limit]);
        (await NextAsync()).Answer.SetException(new TimeoutException());
        Assert.IsType<TimeoutException>(await _running.WaitAsync(Patience));
        Assert.False(room.IsFaulted);
    }

    private Task<FakeSend> NextAsync() => _stdio.Input.Sends.ReadAsync().AsTask().WaitAsync(Patience);
}
