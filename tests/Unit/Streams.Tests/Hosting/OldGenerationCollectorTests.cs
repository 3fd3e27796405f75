using System.Runtime.CompilerServices;
using CriAttach.Streams.Hosting;
using CriAttach.Streams.Tests.Delivery;

namespace CriAttach.Streams.Tests.Hosting;

public sealed class OldGenerationCollectorTests
{
    private const int MostLooks = 2000;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task MinutesPass_WhatDiedInTheOldGenerationIsCollected()
    {
        var ct = TestContext.Current.CancellationToken;
        var clock = new TimerClock();
        using var collector = new OldGenerationCollector(clock);
        await collector.StartAsync(ct);
        await clock.TimersAsync(1).WaitAsync(ct);
        var dead = DeadInTheOldGeneration();
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        for (var left = MostLooks; dead.IsAlive && left > 0; left--)
        {
            Allocate();
            clock.Advance(Minute);
            await look.WaitForNextTickAsync(ct);
        }

        Assert.False(dead.IsAlive);
        await collector.StopAsync(ct);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference DeadInTheOldGeneration()
    {
        var one = new object();
        GC.Collect();
        GC.Collect();
        Assert.Equal(GC.MaxGeneration, GC.GetGeneration(one));
        return new WeakReference(one);
    }

    private static void Allocate()
    {
        // Small ones: large ones are of the old generation from the start, and have it collected by themselves.
        for (var i = 0; i < 20 * 1024; i++)
        {
            GC.KeepAlive(new byte[1024]);
        }
    }
}
