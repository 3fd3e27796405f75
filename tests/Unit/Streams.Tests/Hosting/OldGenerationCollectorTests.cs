using CriAttach.Streams.Hosting;
using CriAttach.Streams.Tests.Delivery;

namespace CriAttach.Streams.Tests.Hosting;

public sealed class OldGenerationCollectorTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TimerClock _clock = new();
    private readonly FakeGarbage _memory = new();
    private readonly OldGenerationCollector _collector;

    public OldGenerationCollectorTests() => _collector = new OldGenerationCollector(_clock, _memory);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _collector.StartAsync(Ct);
        await _clock.TimersAsync(1).WaitAsync(Ct);
        await _memory.LookedAsync(1, Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _collector.StopAsync(CancellationToken.None);
        _collector.Dispose();
        _memory.Dispose();
    }

    [Fact]
    public async Task AMinutePasses_CollectsOnceEnoughHasBeenAllocatedSinceTheLastCollection()
    {
        _memory.Allocate(OldGenerationCollector.Worthwhile - 1);
        _clock.Advance(Minute);
        await _memory.LookedAsync(1, Ct);
        Assert.Equal(0, _memory.Asked);

        _memory.Allocate(1);
        _clock.Advance(Minute);
        await _memory.LookedAsync(2, Ct);
        Assert.Equal(1, _memory.Asked);

        _memory.Allocate(OldGenerationCollector.Worthwhile - 1);
        _clock.Advance(Minute);
        await _memory.LookedAsync(1, Ct);
        await _collector.StopAsync(Ct);
        Assert.Equal(1, _memory.Asked);
    }

    [Fact]
    public async Task SomethingElseCollects_LeavesItAlone()
    {
        _memory.Allocate(OldGenerationCollector.Worthwhile);
        _memory.CollectByItself();
        _clock.Advance(Minute);
        await _memory.LookedAsync(1, Ct);
        Assert.Equal(0, _memory.Asked);

        _memory.Allocate(OldGenerationCollector.Worthwhile);
        _clock.Advance(Minute);
        await _memory.LookedAsync(2, Ct);
        Assert.Equal(1, _memory.Asked);
        await _collector.StopAsync(Ct);
    }
}
