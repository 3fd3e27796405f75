using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Log;

namespace CriAttach.Streams.Tests.Log;

public sealed class StdioLogTests
{
    private readonly StdioLog _log = new(new StdioLogOptions { Limit = 64 * 1024, Retain = 64 * 1024 }, epoch: 3, startOffset: 100);

    [Fact]
    public void ReadInPieces_KeepsOrderAndStreams()
    {
        _log.Append(StdioStream.Stdout, "ab"u8);
        _log.Append(StdioStream.Stderr, "c"u8);
        _log.Append(StdioStream.Stderr, "d"u8);
        _log.Append(StdioStream.Stdout, "e"u8);
        var reader = _log.OpenReader(100, mayHold: false, () => { });
        var slices = new List<LogSlice>();
        Assert.Equal(LogReadStatus.Data, _log.TryRead(reader, 100, slices));
        Assert.Equal(["ab:Stdout", "cd:Stderr", "e:Stdout"], slices.Select(s => $"{System.Text.Encoding.ASCII.GetString(s.Data.Span)}:{s.Stream}"));
        Assert.Equal(LogReadStatus.Empty, _log.TryRead(reader, 100, slices));
        _log.Complete();
        Assert.Equal(LogReadStatus.End, _log.TryRead(reader, 100, slices));
    }

    [Fact]
    public void MaxSlices_StopsTheReadThere()
    {
        for (var i = 0; i < 10; i++)
        {
            _log.Append(i % 2 == 0 ? StdioStream.Stdout : StdioStream.Stderr, [(byte)i]);
        }

        var reader = _log.OpenReader(100, mayHold: false, () => { });
        var slices = new List<LogSlice>();
        _log.TryRead(reader, 100, slices, maxSlices: 4);
        Assert.Equal(4, slices.Count);
        Assert.Equal(104, reader.Position);
    }

    [Fact]
    public void OldBytes_LeaveTheMemoryAndAReaderThereIsBehind()
    {
        var reader = _log.OpenReader(100, mayHold: false, () => { });
        _log.Append(StdioStream.Stdout, new byte[1024 * 1024]);
        Assert.InRange(_log.Tail, _log.Head - (3 * 64 * 1024), _log.Head - (64 * 1024));
        Assert.Equal(LogReadStatus.Behind, _log.TryRead(reader, 100, []));
    }

    [Fact]
    public void HoldingReader_KeepsItsBytesUpToLimitAndRetain()
    {
        var reader = _log.OpenReader(100, mayHold: true, () => { });
        _log.Append(StdioStream.Stdout, new byte[128 * 1024]);
        Assert.Equal(100, _log.Tail);
        _log.Append(StdioStream.Stdout, new byte[256 * 1024]);
        Assert.True(_log.Tail > 100);
        _log.CloseReader(reader);
    }

    [Fact]
    public void TailStart_IsWithinMemory()
    {
        _log.Append(StdioStream.Stdout, "12345"u8);
        Assert.Equal(103, _log.TailStart(2));
        Assert.Equal(100, _log.TailStart(1000));
        Assert.Equal(105, _log.TailStart(-1));
    }

    [Fact]
    public void Complete_AppendIsRefused()
    {
        _log.Complete();
        Assert.Throws<InvalidOperationException>(() => _log.Append(StdioStream.Stdout, "x"u8));
    }

    [Fact]
    public void Dispose_WhileTheAppenderFillsABlock_LeavesThatBlockToIt()
    {
        // The newest block must not be in the pool again when the appender may still copy into it.
        var reader = _log.OpenReader(100, mayHold: false, () => { });
        _log.Append(StdioStream.Stdout, "x"u8);
        var slices = new List<LogSlice>();
        _log.TryRead(reader, 1, slices);
        _log.Dispose();
        slices[0].Owner.Release();
        slices[0].Owner.Retain();
    }

    [Fact]
    public void Dispose_WakesReaders()
    {
        var woken = 0;
        _log.OpenReader(100, mayHold: false, () => woken++);
        _log.Dispose();
        Assert.Equal(1, woken);
    }

    [Fact]
    public void ReaderBehindMemory_MayNotHold()
    {
        _log.Append(StdioStream.Stdout, new byte[1024 * 1024]);
        _log.OpenReader(100, mayHold: true, () => { });
        Assert.True(_log.WaitForRoomAsync(default).IsCompletedSuccessfully);
    }

    [Fact]
    public async Task HeldAppender_IsLetGoWhenItsReaderConsumes()
    {
        var reader = _log.OpenReader(100, mayHold: true, () => { });
        _log.Append(StdioStream.Stdout, new byte[64 * 1024]);
        var room = _log.WaitForRoomAsync(default).AsTask();
        Assert.True(_log.IsHeld);
        _log.Consume(reader, 101);
        await room.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.False(_log.IsHeld);
    }

    [Fact]
    public async Task HeldAppender_IsLetGoWhenItsReaderCloses()
    {
        var reader = _log.OpenReader(100, mayHold: true, () => { });
        _log.Append(StdioStream.Stdout, new byte[64 * 1024]);
        var room = _log.WaitForRoomAsync(default).AsTask();
        _log.CloseReader(reader);
        await room.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task HeldAppender_IsLetGoWhenItsContainerIsStopped()
    {
        _log.OpenReader(100, mayHold: true, () => { });
        _log.Append(StdioStream.Stdout, new byte[64 * 1024]);
        using var stop = new CancellationTokenSource();
        var room = _log.WaitForRoomAsync(stop.Token).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => room.WaitAsync(TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task WaitingInput_LetsTheHeldAppenderGoForAsLongAsItWaits()
    {
        _log.OpenReader(100, mayHold: true, () => { });
        _log.Append(StdioStream.Stdout, new byte[64 * 1024]);
        var room = _log.WaitForRoomAsync(default).AsTask();
        _log.SetInputWaits(true);
        await room.WaitAsync(TimeSpan.FromSeconds(10));
        _log.Append(StdioStream.Stdout, new byte[2 * 1024 * 1024]);
        Assert.True(_log.WaitForRoomAsync(default).IsCompletedSuccessfully);
        _log.SetInputWaits(false);
        Assert.False(_log.WaitForRoomAsync(default).IsCompleted);
    }
}
