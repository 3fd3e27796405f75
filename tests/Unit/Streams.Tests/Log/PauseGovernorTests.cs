using CriAttach.Streams.Log;
using CriAttach.Streams.Tests.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Streams.Tests.Log;

public sealed class PauseGovernorTests
{
    private const int Limit = 1024 * 1024;

    private readonly FakeTimeProvider _clock = new();
    private readonly StdioLogOptions _options = new();
    private readonly StdioLog _log;
    private readonly PauseGovernor _governor;

    public PauseGovernorTests()
    {
        _log = new StdioLog(_options, epoch: 1, clock: _clock);
        _governor = new PauseGovernor(_options, _clock);
    }

    [Fact]
    public void ReaderWithinTheLimit_DoesNotHold() => Assert.False(Holds(Limit - 1, Reader()));

    [Fact]
    public void ReaderAtTheLimit_Holds() => Assert.True(Holds(Limit, Reader()));

    [Fact]
    public void ReaderThatMayNot_NeverHolds() => Assert.False(Holds(Limit * 4, Reader(mayHold: false)));

    [Fact]
    public void NobodyReads_WriterIsLetGoAfterTheStallTimeout()
    {
        var reader = Reader();
        Assert.True(Holds(Limit, reader));
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.True(Holds(Limit, reader));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.False(Holds(Limit, reader));
        Assert.True(reader.LostRight);
    }

    [Fact]
    public void OneBytePerNineSeconds_LosesTheRightLikeAStalledReader()
    {
        var reader = Reader();
        Assert.True(Holds(Limit, reader));
        _clock.Advance(TimeSpan.FromSeconds(9));
        reader.Consumed++;
        Assert.True(Holds(Limit + 1, reader));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(Holds(Limit + 1, reader));
        Assert.True(reader.LostRight);
    }

    [Fact]
    public void ReaderAtTwiceTheMinRate_KeepsTheRightForMinutes()
    {
        var reader = Reader();
        long head = Limit;
        for (var second = 0; second < 300; second++)
        {
            Assert.True(Holds(head, reader), $"second {second}");
            _clock.Advance(TimeSpan.FromSeconds(1));
            reader.Consumed += 2 * _options.MinRate;
            Assert.False(Holds(head, reader));
            head += 2 * _options.MinRate;
        }

        Assert.False(reader.LostRight);
    }

    /// <summary>A gateway is killed, and its client comes back by another one.</summary>
    [Fact]
    public void FarSideIsSilent_SinceBeforeAClientCameBack_LosesTheRightAfterThreeSeconds()
    {
        var reader = Reader(archive: new MemoryArchive());
        reader.HeardAt = _clock.GetTimestamp();
        Assert.True(Holds(Limit, reader));
        _clock.Advance(TimeSpan.FromSeconds(0.3));
        _governor.Returned();
        Assert.True(_governor.MustHold([reader], Limit, out var again));
        Assert.Equal(TimeSpan.FromSeconds(2.7), again);
        _clock.Advance(again);
        Assert.False(Holds(Limit, reader));
        Assert.True(reader.LostRight);
    }

    [Fact]
    public void FarSideIsSilent_AndPid1WasQuietWhenAClientCameBack_DoesNotEvenHold()
    {
        var reader = Reader(archive: new MemoryArchive());
        reader.HeardAt = _clock.GetTimestamp();
        _governor.Returned();
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(Holds(Limit, reader));
    }

    [Fact]
    public void FarSideIsSilent_AndNobodyCameBack_HoldsAsAStalledOneDoes()
    {
        var reader = Reader(archive: new MemoryArchive());
        _governor.Returned();
        _clock.Advance(TimeSpan.FromSeconds(1));
        reader.HeardAt = _clock.GetTimestamp();
        Assert.True(Holds(Limit, reader));
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.True(Holds(Limit, reader));
    }

    [Fact]
    public void FarSideIsSilent_WithoutAnArchive_HoldsAsAStalledOneDoes()
    {
        var reader = Reader();
        reader.HeardAt = _clock.GetTimestamp();
        _governor.Returned();
        Assert.True(Holds(Limit, reader));
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.True(Holds(Limit, reader));
    }

    [Fact]
    public void FullStops_AreAtMostTenSecondsInAMinute()
    {
        var reader = Reader();
        long head = Limit;
        var stopped = TimeSpan.Zero;
        for (var tick = 0; tick < 600; tick++)
        {
            // Each time it is let go it catches up in one go, and then stalls again: the rate alone would allow it.
            if (Holds(head, reader))
            {
                stopped += TimeSpan.FromSeconds(0.1);
            }

            _clock.Advance(TimeSpan.FromSeconds(0.1));
            if (tick % 40 == 39)
            {
                reader.Consumed = head;
                Holds(head, reader);
                head += Limit;
            }
        }

        Assert.InRange(stopped, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(10.2));
    }

    [Fact]
    public void BudgetSpentByOne_IsSpentForAll()
    {
        var first = Reader();
        Assert.True(Holds(Limit, first));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(Holds(Limit, first));
        var second = Reader();
        Assert.False(Holds(Limit, first, second));
        Assert.True(second.LostRight);
    }

    [Fact]
    public void BudgetIsBackAfterTheWindow()
    {
        var first = Reader();
        Assert.True(Holds(Limit, first));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(Holds(Limit, first));
        _clock.Advance(TimeSpan.FromSeconds(61));
        Assert.True(Holds(Limit, Reader()));
    }

    [Fact]
    public void LostRight_IsRegainedByCatchingUpAlthoughPid1WritesOn()
    {
        var reader = Reader();
        Holds(Limit, reader);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.False(Holds(Limit, reader));
        _clock.Advance(TimeSpan.FromMinutes(2));
        reader.Consumed = Limit;
        Assert.False(Holds(Limit + 300_000, reader));
        Assert.False(reader.LostRight);
        Assert.True(Holds(Limit * 2, reader));
    }

    [Fact]
    public void Input_LiftsForABoundedNumberOfBytes()
    {
        var reader = Reader();
        Assert.True(Holds(Limit, reader));
        _governor.Lift(Limit);
        Assert.False(Holds(Limit, reader));
        Assert.False(Holds(Limit + _options.LiftBytes - 1, reader));
        Assert.True(Holds(Limit + _options.LiftBytes, reader));
    }

    [Fact]
    public void WaitingInput_LiftsWithoutBound()
    {
        _governor.InputWaits = true;
        Assert.False(Holds(Limit * 10, Reader()));
    }

    [Fact]
    public void Hold_SaysWhenToAskAgain()
    {
        Assert.True(_governor.MustHold([Reader()], Limit, out var again));
        Assert.Equal(TimeSpan.FromSeconds(10), again);
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.True(_governor.MustHold([Reader()], Limit, out again));
        Assert.Equal(TimeSpan.FromSeconds(6), again);
    }

    [Fact]
    public async Task StalledReader_TheTimerLetsTheAppenderGo()
    {
        _log.OpenReader(0, mayHold: true, () => { });
        _log.Append(Interfaces.Stdio.StdioStream.Stdout, new byte[Limit]);
        var room = _log.WaitForRoomAsync(default).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(room.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        await room.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private bool Holds(long head, params LogReader[] readers) => _governor.MustHold(readers, head, out _);

    private LogReader Reader(bool mayHold = true, IStdioArchive? archive = null) =>
        new(archive is null ? _log : new StdioLog(_options, epoch: 1, archive: archive, clock: _clock), 0, mayHold, () => { });
}
