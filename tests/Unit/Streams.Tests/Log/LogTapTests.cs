using System.Text;
using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Log;
using CriAttach.Streams.Tests.Delivery;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Streams.Tests.Log;

public sealed class LogTapTests
{
    private static readonly StdioLogOptions Small = new() { Limit = 64 * 1024, Retain = 0 };

    [Fact]
    public async Task Output_IsReadAsItComes()
    {
        var told = 0;
        var log = new StdioLog(new StdioLogOptions(), epoch: 1);
        await using var tap = new LogTap(log, 0, mayHold: false, () => told++);
        Assert.Null(await Read(tap));
        log.Append(StdioStream.Stdout, "out"u8);
        log.Append(StdioStream.Stderr, "err"u8);
        Assert.Equal(2, told);
        Assert.Equal(("out", StdioStream.Stdout, 0L), await Text(tap));
        Assert.Equal(("err", StdioStream.Stderr, 3L), await Text(tap));
        Assert.Null(await Read(tap));
        log.Complete();
        Assert.Equal(StdioChunkKind.End, (await Read(tap))!.Kind);
        Assert.Equal(6, tap.Position);
    }

    [Fact]
    public async Task Most_IsNotExceeded()
    {
        var log = new StdioLog(new StdioLogOptions(), epoch: 1);
        log.Append(StdioStream.Stdout, "abcdef"u8);
        await using var tap = new LogTap(log, 1, mayHold: false, () => { });
        Assert.Equal("bcd", Encoding.ASCII.GetString((await tap.ReadAsync(3, default))!.Data.Span));
        Assert.Equal("ef", Encoding.ASCII.GetString((await tap.ReadAsync(3, default))!.Data.Span));
    }

    [Fact]
    public async Task BehindMemoryAndArchive_GapIsTold()
    {
        var archive = new MemoryArchive { Tail = 100_000 };
        var log = new StdioLog(Small, epoch: 1, archive: archive);
        await using var tap = new LogTap(log, 0, mayHold: false, () => { });
        Append(log, archive, new byte[1_000_000]);
        var gap = await Read(tap);
        Assert.Equal((StdioChunkKind.Gap, 0L, 100_000L), (gap!.Kind, gap.Offset, gap.GapLength));
        Assert.Equal(900_000, await Rest(tap));
    }

    [Fact]
    public async Task ArchiveIsBroken_GapIsToldAndMemoryGoesOn()
    {
        var archive = new MemoryArchive { Fault = new IOException("gone") };
        var log = new StdioLog(Small, epoch: 1, archive: archive);
        await using var tap = new LogTap(log, 0, mayHold: false, () => { });
        Append(log, archive, new byte[1_000_000]);
        var gap = await Read(tap);
        Assert.Equal((StdioChunkKind.Gap, log.Tail), (gap!.Kind, gap.GapLength));
        Assert.Equal("gone", tap.ArchiveFault!.Message);
        Assert.Equal(1_000_000 - gap.GapLength, await Rest(tap));
    }

    [Fact]
    public async Task Tap_NeverHoldsPid1NorStandsForAClient()
    {
        var log = new StdioLog(Small, epoch: 1, clock: new FakeTimeProvider());
        await using var tap = new LogTap(log, 0, mayHold: false, () => { });
        log.Append(StdioStream.Stdout, new byte[Small.Limit * 3]);
        Assert.True(log.WaitForRoomAsync(default).IsCompleted);

        // A client is about to come: that the tap reads already does not count, nor does its coming.
        log.Reserve(log.Head, TimeSpan.FromSeconds(1));
        await using var another = new LogTap(log, log.Head, mayHold: false, () => { });
        log.Append(StdioStream.Stdout, new byte[Small.Limit]);
        Assert.False(log.WaitForRoomAsync(default).IsCompleted);
    }

    [Fact]
    public async Task TapThatMayHold_SlowsPid1DownUntilItHasRead()
    {
        var log = new StdioLog(Small, epoch: 1, clock: new FakeTimeProvider());
        await using var tap = new LogTap(log, 0, mayHold: true, () => { });
        log.Append(StdioStream.Stdout, new byte[Small.Limit]);
        var room = log.WaitForRoomAsync(default).AsTask();
        Assert.False(room.IsCompleted);
        Assert.Equal(Small.Limit, await Rest(tap));
        await room.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task AnyOrderOfWritesAndReads_GivesEveryByteOnceAndInOrder() =>
        await Gen.Select(Gen.Int[0, 90_000], Gen.Int[1, 30_000]).List[0, 30].SampleAsync(async steps =>
        {
            var archive = new MemoryArchive();
            var log = new StdioLog(Small, epoch: 1, archive: archive);
            await using var tap = new LogTap(log, 0, mayHold: false, () => { });
            var (next, expected) = ((byte)0, (byte)0);
            foreach (var (write, read) in steps)
            {
                Append(log, archive, [.. Enumerable.Range(0, write).Select(_ => next++)]);
                if (await tap.ReadAsync(read, default) is { } chunk)
                {
                    Assert.All(chunk.Data.ToArray(), one => Assert.Equal(expected++, one));
                }
            }

            log.Complete();
            while (await tap.ReadAsync(10_000, default) is { Kind: StdioChunkKind.Data } chunk)
            {
                Assert.All(chunk.Data.ToArray(), one => Assert.Equal(expected++, one));
            }

            Assert.Equal((next, log.Head), (expected, tap.Position));
        }, iter: 30);

    private static void Append(StdioLog log, MemoryArchive archive, byte[] bytes)
    {
        archive.Write(bytes);
        log.Append(StdioStream.Stdout, bytes);
    }

    private static async Task<StdioChunk?> Read(LogTap tap) => await tap.ReadAsync(64 * 1024, TestContext.Current.CancellationToken);

    private static async Task<(string Text, StdioStream Stream, long Offset)> Text(LogTap tap)
    {
        var chunk = (await Read(tap))!;
        return (Encoding.ASCII.GetString(chunk.Data.Span), chunk.Stream, chunk.Offset);
    }

    private static async Task<long> Rest(LogTap tap)
    {
        var count = 0L;
        while (await Read(tap) is { } chunk)
        {
            Assert.Equal(StdioChunkKind.Data, chunk.Kind);
            count += chunk.Data.Length;
        }

        return count;
    }
}
