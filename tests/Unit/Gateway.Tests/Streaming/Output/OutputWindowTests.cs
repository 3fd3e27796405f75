using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Streaming.Output;
using CriAttach.Gateway.Tests.Fakes;

namespace CriAttach.Gateway.Tests.Streaming.Output;

public sealed class OutputWindowTests
{
    private const int Limit = 64 * 1024;
    private const int All = 1024 * 1024;

    private readonly OutputWindow _window = new(new StdioPosition(100, Chunks.Epoch), Limit);
    private readonly List<OutputPiece> _pieces = [];

    [Fact]
    public void Append_NobodyReads_LetGoAtOnce()
    {
        var owner = new CountedOwner();
        Assert.True(_window.AppendAsync(Chunks.At(100, 50, owner)).IsCompleted);
        Assert.Equal(0, owner.References);
    }

    [Fact]
    public void Append_Full_WaitsForTheSlowestCursor()
    {
        var fast = Join(100);
        var slow = Join(100);
        Assert.True(_window.AppendAsync(Chunks.At(100, Limit)).IsCompleted);
        var full = _window.AppendAsync(Chunks.At(100 + Limit, Limit));
        Assert.False(full.IsCompleted);
        Read(fast);
        Read(fast);
        Assert.False(full.IsCompleted);
        Read(slow);
        Assert.True(full.IsCompleted);
    }

    [Fact]
    public void Append_Full_TakesOutWhoMayNotHold()
    {
        var fast = Join(100);
        var watcher = _window.TryJoin(new StdioPosition(100, Chunks.Epoch), All, mayHold: false)!;
        _window.AppendAsync(Chunks.At(100, Limit));
        Read(fast);
        Assert.False(watcher.IsOut);
        Assert.True(_window.AppendAsync(Chunks.At(100 + Limit, 1)).IsCompleted);
        Assert.True(watcher.IsOut);
        Assert.Equal(OutputState.Evicted, watcher.Peek(_pieces, All));
    }

    [Fact]
    public void CursorThatLeft_HoldsNothingOfWhatComesLater()
    {
        var left = Join(100);
        Join(100);
        left.Leave();
        _ = _window.AppendAsync(Chunks.At(100, 50));
        Assert.Null(left.Last.Next);
    }

    [Fact]
    public void SlowCursorLeaves_RoomAtOnce()
    {
        var slow = Join(100);
        _ = _window.AppendAsync(Chunks.At(100, Limit));
        var full = _window.AppendAsync(Chunks.At(100 + Limit, Limit));
        slow.Leave();
        Assert.True(full.IsCompleted);
        Assert.Equal(OutputState.Evicted, slow.Peek(_pieces, All));
    }

    [Fact]
    public void LeaveWhilePeeked_MemoryKeptUntilAdvance()
    {
        var owner = new CountedOwner();
        var cursor = Join(100);
        _ = _window.AppendAsync(Chunks.At(100, 10, owner));
        cursor.Peek(_pieces, All);
        cursor.Leave();
        Assert.Equal(1, owner.References);
        cursor.Advance();
        Assert.Equal(0, owner.References);
        Assert.Equal(110, cursor.Position.Offset);
    }

    [Fact]
    public void Join_InsideAChunk_GetsItsRest()
    {
        var holder = Join(100);
        _ = _window.AppendAsync(Chunks.At(100, 50));
        _ = _window.AppendAsync(Chunks.At(150, 50));
        var cursor = Join(120);
        Assert.Equal(Chunks.Bytes(120, 80), ReadAll(cursor));
        Assert.Equal(Chunks.Bytes(100, 100), ReadAll(holder));
    }

    [Fact]
    public void Join_AheadOfTheNewestByte_SkipsWhatItHas()
    {
        var cursor = Join(130);
        _ = _window.AppendAsync(Chunks.At(100, 20));
        Assert.Equal(OutputState.Pending, cursor.Peek(_pieces, All));
        _ = _window.AppendAsync(Chunks.At(120, 20));
        Assert.Equal(Chunks.Bytes(130, 10), ReadAll(cursor));
    }

    [Fact]
    public void Join_BeforeTheTailOrOfAnotherEpoch_Refused()
    {
        _ = _window.AppendAsync(Chunks.At(100, 50));
        Assert.Null(_window.TryJoin(new StdioPosition(120, Chunks.Epoch), long.MaxValue));
        Assert.Null(_window.TryJoin(new StdioPosition(150, Chunks.Epoch + 1), long.MaxValue));
        Assert.NotNull(_window.TryJoin(new StdioPosition(150, Chunks.Epoch), long.MaxValue));
    }

    [Fact]
    public void Join_TooFarBehind_Refused()
    {
        Join(100);
        _ = _window.AppendAsync(Chunks.At(100, 50));
        Assert.Null(_window.TryJoin(new StdioPosition(100, Chunks.Epoch), 49));
        Assert.NotNull(_window.TryJoin(new StdioPosition(100, Chunks.Epoch), 50));
    }

    [Fact]
    public void Keep_ReadBytesStayForThoseWhoCome()
    {
        _window.Keep(Limit);
        _ = _window.AppendAsync(Chunks.At(100, 50));
        Assert.Equal(Chunks.Bytes(110, 40), ReadAll(Join(110)));
        _window.Keep(0);
        Assert.Null(_window.TryJoin(new StdioPosition(110, Chunks.Epoch), long.MaxValue));
    }

    [Fact]
    public void Gap_IsAPieceOfItsOwn()
    {
        var cursor = Join(100);
        _ = _window.AppendAsync(Chunks.Gap(100, 20));
        _ = _window.AppendAsync(Chunks.At(120, 5));
        Assert.Equal(OutputState.Data, cursor.Peek(_pieces, All));
        Assert.Equal([20, 0], _pieces.Select(piece => piece.Lost));
        cursor.Advance();
        Assert.Equal(125, cursor.Position.Offset);
    }

    [Fact]
    public void NewEpoch_CursorGoesOnInIt()
    {
        var cursor = Join(100);
        _ = _window.AppendAsync(Chunks.At(100, 10));
        _ = _window.AppendAsync(Chunks.Gap(110, -1, Chunks.Epoch + 1));
        _ = _window.AppendAsync(Chunks.At(0, 10, epoch: Chunks.Epoch + 1));
        Assert.Equal(OutputState.Data, cursor.Peek(_pieces, All));
        Assert.Equal([0, -1, 0], _pieces.Select(piece => piece.Lost));
        cursor.Advance();
        Assert.Equal(new StdioPosition(10, Chunks.Epoch + 1), cursor.Position);
    }

    [Fact]
    public void Complete_ToldOnlyBehindTheLastByte()
    {
        var cursor = Join(100);
        _ = _window.AppendAsync(Chunks.At(100, 10));
        _window.Complete(fault: null);
        Assert.Equal(OutputState.Data, cursor.Peek(_pieces, All));
        cursor.Advance();
        Assert.Equal(OutputState.Ended, cursor.Peek(_pieces, All));
    }

    [Fact]
    public void Peek_StopsAtTheLimitBetweenChunks()
    {
        var cursor = Join(100);
        _ = _window.AppendAsync(Chunks.At(100, 30));
        _ = _window.AppendAsync(Chunks.At(130, 30));
        cursor.Peek(_pieces, 40);
        Assert.Single(_pieces);
        cursor.Advance();
        cursor.Peek(_pieces, 10);
        Assert.Equal(30, _pieces[0].Data.Length);
        cursor.Advance();
    }

    [Fact]
    public async Task Race_CursorsComeAndGo_EveryByteInOrderAndNoReferenceLeft()
    {
        const int total = 4_000_000;
        var owner = new CountedOwner();
        var window = new OutputWindow(new StdioPosition(0, Chunks.Epoch), Limit);
        var readers = Enumerable.Range(0, 8)
            .Select(seed => window.TryJoin(new StdioPosition(0, Chunks.Epoch), 0)!)
            .Select((cursor, seed) => Task.Run(() => ReadToEndAsync(window, cursor, seed)))
            .ToArray();
        var random = new Random(1);
        for (var offset = 0; offset < total;)
        {
            var length = Math.Min(random.Next(1, 20_000), total - offset);
            await window.AppendAsync(Chunks.At(offset, length, owner)).WaitAsync(TimeSpan.FromSeconds(20));
            offset += length;
        }

        window.Complete(fault: null);
        await Task.WhenAll(readers).WaitAsync(TimeSpan.FromSeconds(20));
        window.Close();
        Assert.Equal(0, owner.References);
        Assert.False(owner.WentBelowZero);
    }

    /// <summary>Reads, and now and then leaves and comes back at the exact place.</summary>
    private static async Task ReadToEndAsync(OutputWindow window, OutputCursor cursor, int seed)
    {
        var random = new Random(seed);
        var pieces = new List<OutputPiece>();
        while (true)
        {
            switch (cursor.Peek(pieces, 32 * 1024))
            {
                case OutputState.Data:
                    foreach (var piece in pieces)
                    {
                        var offset = piece.Chunk.EndOffset - piece.Data.Length;
                        Assert.True(piece.Data.Span.SequenceEqual(Chunks.Bytes(offset, piece.Data.Length)));
                    }

                    var before = cursor.Position.Offset;
                    Assert.Equal(before, pieces[0].Chunk.EndOffset - pieces[0].Data.Length);
                    cursor.Advance();
                    Assert.Equal(before + pieces.Sum(piece => piece.Data.Length), cursor.Position.Offset);
                    if (random.Next(20) == 0 && window.TryJoin(cursor.Position, long.MaxValue) is { } next)
                    {
                        cursor.Leave();
                        cursor = next;
                    }

                    break;
                case OutputState.Ended:
                    Assert.Equal(4_000_000, cursor.Position.Offset);
                    cursor.Leave();
                    return;
                default:
                    await cursor.WaitAsync();
                    break;
            }
        }
    }

    private OutputCursor Join(long offset) => _window.TryJoin(new StdioPosition(offset, Chunks.Epoch), long.MaxValue)!;

    private void Read(OutputCursor cursor)
    {
        Assert.Equal(OutputState.Data, cursor.Peek(_pieces, 1));
        cursor.Advance();
    }

    private byte[] ReadAll(OutputCursor cursor)
    {
        cursor.Peek(_pieces, All);
        byte[] bytes = [.. _pieces.SelectMany(piece => piece.Data.ToArray())];
        cursor.Advance();
        return bytes;
    }
}
