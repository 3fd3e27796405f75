using CriAttach.Silo.Hosting;
using CriAttach.Tests;

namespace CriAttach.Silo.Tests.Hosting;

public sealed class SteadyClockTests
{
    private readonly SettableClock _machine = new();
    private readonly SteadyClock _clock;

    public SteadyClockTests() => _clock = new SteadyClock(_machine);

    [Fact]
    public void NothingIsSet_ItIsTheMachines()
    {
        Assert.Equal(_machine.GetUtcNow(), _clock.GetUtcNow());
        _machine.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(_machine.GetUtcNow(), _clock.GetUtcNow());
    }

    [Fact]
    public void SetForward_ItFollows()
    {
        _clock.GetUtcNow();
        _machine.Ahead = TimeSpan.FromHours(2);
        Assert.Equal(_machine.GetUtcNow(), _clock.GetUtcNow());
    }

    [Fact]
    public void SetBack_ItGoesOnAtHalfItsPaceUntilTheMachinesHasCaughtUp()
    {
        var before = _clock.GetUtcNow();
        _machine.Ahead = TimeSpan.FromHours(-1);
        Assert.Equal(before, _clock.GetUtcNow());
        _machine.Advance(TimeSpan.FromHours(1));
        Assert.Equal(before + TimeSpan.FromMinutes(30), _clock.GetUtcNow());
        _machine.Advance(TimeSpan.FromHours(1));
        Assert.Equal(_machine.GetUtcNow(), _clock.GetUtcNow());
        _machine.Advance(TimeSpan.FromHours(1));
        Assert.Equal(_machine.GetUtcNow(), _clock.GetUtcNow());
    }
}
