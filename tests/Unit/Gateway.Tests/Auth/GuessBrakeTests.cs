using System.Net;
using CriAttach.Gateway.Auth;
using CriAttach.Tests;

namespace CriAttach.Gateway.Tests.Auth;

public sealed class GuessBrakeTests
{
    private static readonly IPAddress Guesser = IPAddress.Parse("192.0.2.1");

    private readonly SettableClock _time = new();

    [Fact]
    public void Burst_ThenOneASecond()
    {
        var brake = new GuessBrake(_time);
        for (var wrong = 0; wrong < GuessBrake.Burst; wrong++)
        {
            Assert.Equal(TimeSpan.Zero, brake.Wait(Guesser));
            brake.Wrong(Guesser);
        }

        Assert.Equal(GuessBrake.Price, brake.Wait(Guesser));
        _time.Advance(GuessBrake.Price);
        Assert.Equal(TimeSpan.Zero, brake.Wait(Guesser));
        brake.Wrong(Guesser);
        Assert.Equal(GuessBrake.Price, brake.Wait(Guesser));
    }

    [Fact]
    public void OneASecond_IsNeverBraked()
    {
        var brake = new GuessBrake(_time);
        for (var second = 0; second < 100; second++)
        {
            Assert.Equal(TimeSpan.Zero, brake.Wait(Guesser));
            brake.Wrong(Guesser);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public void Others_AreNotBraked()
    {
        var brake = new GuessBrake(_time);
        Exhaust(brake, Guesser);
        Assert.Equal(TimeSpan.Zero, brake.Wait(IPAddress.Parse("192.0.2.2")));
        Assert.Equal(TimeSpan.Zero, brake.Wait(null));
    }

    [Theory]
    [InlineData("2001:db8::1", "2001:db8::2")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    public void AddressesOfOne_AreOne(string one, string other)
    {
        var brake = new GuessBrake(_time);
        Exhaust(brake, IPAddress.Parse(one));
        Assert.True(brake.Wait(IPAddress.Parse(other)) > TimeSpan.Zero);
    }

    [Fact]
    public void MoreAddressesThanAreKept_ShareOneBrake()
    {
        var brake = new GuessBrake(_time);
        for (var number = 0; number < 4096 + GuessBrake.Burst; number++)
        {
            brake.Wrong(new IPAddress(number));
        }

        Assert.True(brake.Wait(new IPAddress(0xFFFFFF)) > TimeSpan.Zero);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TimeSpan.Zero, brake.Wait(new IPAddress(0xFFFFFF)));
    }

    private static void Exhaust(GuessBrake brake, IPAddress address)
    {
        for (var wrong = 0; wrong < GuessBrake.Burst; wrong++)
        {
            brake.Wrong(address);
        }
    }

    [Fact]
    public void ClockIsSet_NobodyIsLockedOutForLonger()
    {
        var brake = new GuessBrake(_time);
        for (var wrong = 0; wrong < GuessBrake.Burst; wrong++)
        {
            brake.Wrong(Guesser);
        }

        _time.Ahead = TimeSpan.FromHours(-2);
        Assert.Equal(GuessBrake.Price, brake.Wait(Guesser));
        _time.Ahead = TimeSpan.FromHours(2);
        Assert.Equal(GuessBrake.Price, brake.Wait(Guesser));
    }
}
