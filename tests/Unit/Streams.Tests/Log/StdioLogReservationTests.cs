using CriAttach.Interfaces.Stdio;
using CriAttach.Streams.Log;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Streams.Tests.Log;

public sealed class StdioLogReservationTests
{
    private static readonly StdioLogOptions Options = new() { Limit = 64 * 1024, Retain = 0 };

    [Fact]
    public async Task ReaderIsAboutToCome_AppenderWaitsAtTheLimitUntilItHasOpened()
    {
        var log = new StdioLog(Options, epoch: 1, clock: new FakeTimeProvider());
        log.Reserve(0, TimeSpan.FromSeconds(1));
        log.Append(StdioStream.Stdout, new byte[Options.Limit]);
        var room = log.WaitForRoomAsync(default).AsTask();
        Assert.False(room.IsCompleted);
        var reader = log.OpenReader(0, mayHold: true, () => { });
        log.Consume(reader, Options.Limit);
        await room.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task ReaderDoesNotCome_AppenderGoesOnWhenTheTimeIsOver()
    {
        var clock = new FakeTimeProvider();
        var log = new StdioLog(Options, epoch: 1, clock: clock);
        log.Reserve(0, TimeSpan.FromSeconds(1));
        log.Append(StdioStream.Stdout, new byte[Options.Limit]);
        var room = log.WaitForRoomAsync(default).AsTask();
        Assert.False(room.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        await room.WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void OthersReadAlready_NothingIsReserved()
    {
        var log = new StdioLog(Options, epoch: 1, clock: new FakeTimeProvider());
        var reader = log.OpenReader(0, mayHold: true, () => { });
        log.Reserve(0, TimeSpan.FromSeconds(1));
        log.Append(StdioStream.Stdout, new byte[Options.Limit]);
        log.Consume(reader, Options.Limit);
        Assert.True(log.WaitForRoomAsync(default).IsCompleted);
    }

    [Fact]
    public void BurstThatDoesNotGoOn_ReadersAreToldByFlush()
    {
        var told = 0;
        var log = new StdioLog(Options, epoch: 1, clock: new FakeTimeProvider());
        log.OpenReader(0, mayHold: true, () => told++);
        log.Append(StdioStream.Stdout, new byte[8192], more: true);
        Assert.True(log.IsMoreComing);
        var before = told;
        log.Flush();
        Assert.False(log.IsMoreComing);
        Assert.Equal(before + 1, told);
    }
}
