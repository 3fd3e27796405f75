using CriAttach.Streams.Hosting;
using CriAttach.Streams.Tests.Delivery;

namespace CriAttach.Streams.Tests.Hosting;

public sealed class OldGenerationCollectorTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task AMinutePasses_CollectsOnceEnoughHasBeenAllocatedSinceTheLastCollection()
    {
        var ct = TestContext.Current.CancellationToken;
        var clock = new TimerClock();
        using var memory = new FakeGarbage();
        using var collector = new OldGenerationCollector(clock, memory);
        await collector.StartAsync(ct);
        await clock.TimersAsync(1).WaitAsync(ct);
        await memory.LookedAsync(1, ct);

        memory.Allocate(OldGenerationCollector.Worthwhile - 1);
        clock.Advance(Minute);
        await memory.LookedAsync(1, ct);
        Assert.Equal(0, memory.Asked);

        memory.Allocate(1);
        clock.Advance(Minute);
        await memory.LookedAsync(2, ct);
        Assert.Equal(1, memory.Asked);

        memory.Allocate(OldGenerationCollector.Worthwhile - 1);
        clock.Advance(Minute);
        await memory.LookedAsync(1, ct);
        await collector.StopAsync(ct);
        Assert.Equal(1, memory.Asked);
    }

    [Fact]
    public async Task SomethingElseCollects_LeavesItAlone()
    {
        var ct = TestContext.Current.CancellationToken;
        var clock = new TimerClock();
        using var memory = new FakeGarbage();
        using var collector = new OldGenerationCollector(clock, memory);
        await collector.StartAsync(ct);
        await clock.TimersAsync(1).WaitAsync(ct);
        await memory.LookedAsync(1, ct);

        memory.Allocate(OldGenerationCollector.Worthwhile);
        memory.CollectByItself();
        clock.Advance(Minute);
        await memory.LookedAsync(1, ct);
        Assert.Equal(0, memory.Asked);

        memory.Allocate(OldGenerationCollector.Worthwhile);
        clock.Advance(Minute);
        await memory.LookedAsync(2, ct);
        Assert.Equal(1, memory.Asked);
        await collector.StopAsync(ct);
    }

    [Fact]
    public void ThisProcess_TellsOfItsOwnMemory()
    {
        var memory = new ProcessGarbage();
        var (collections, allocated) = (memory.Collections, memory.Allocated);
        GC.Collect();
        GC.KeepAlive(new byte[1024 * 1024]);
        Assert.True(memory.Collections > collections);
        Assert.True(memory.Allocated > allocated);
    }
}
