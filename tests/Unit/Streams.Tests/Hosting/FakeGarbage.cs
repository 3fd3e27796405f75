using CriAttach.Streams.Hosting;

namespace CriAttach.Streams.Tests.Hosting;

/// <summary>Memory that only the test uses, which knows when it has been looked at.</summary>
internal sealed class FakeGarbage : IGarbage, IDisposable
{
    private readonly SemaphoreSlim _looks = new(0);
    private long _allocated;
    private int _collections;
    private int _asked;

    /// <summary>How often a collection was asked for.</summary>
    public int Asked => Volatile.Read(ref _asked);

    public int Collections => Volatile.Read(ref _collections);

    public long Allocated
    {
        get
        {
            var allocated = Interlocked.Read(ref _allocated);
            _looks.Release();
            return allocated;
        }
    }

    public void Allocate(long bytes) => Interlocked.Add(ref _allocated, bytes);

    public void CollectByItself() => Interlocked.Increment(ref _collections);

    public void Collect()
    {
        Interlocked.Increment(ref _asked);
        CollectByItself();
    }

    /// <summary>Waits until it has been looked at so often since the last call.</summary>
    public async Task LookedAsync(int times, CancellationToken cancellationToken)
    {
        for (var time = 0; time < times; time++)
        {
            await _looks.WaitAsync(cancellationToken);
        }
    }

    public void Dispose() => _looks.Dispose();
}
