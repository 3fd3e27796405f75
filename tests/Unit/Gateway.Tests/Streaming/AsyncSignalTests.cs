using CriAttach.Gateway.Streaming;

namespace CriAttach.Gateway.Tests.Streaming;

public sealed class AsyncSignalTests
{
    [Fact]
    public async Task Set_BeforeWait_KeptOnce()
    {
        var signal = new AsyncSignal();
        signal.Set();
        signal.Set();
        Assert.True(signal.WaitAsync().IsCompleted);
        var second = signal.WaitAsync();
        Assert.False(second.IsCompleted);
        signal.Set();
        await second;
    }

    [Fact]
    public async Task ManySetters_NoWakeIsLost()
    {
        var signal = new AsyncSignal();
        var given = 0;
        const int total = 200_000;
        var setters = Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < total / 4; i++)
            {
                Interlocked.Increment(ref given);
                signal.Set();
            }
        }));
        var taker = Task.Run(async () =>
        {
            while (Volatile.Read(ref given) < total)
            {
                await signal.WaitAsync();
            }
        });
        await Task.WhenAll(setters);
        await taker.WaitAsync(TimeSpan.FromSeconds(20));
    }
}
