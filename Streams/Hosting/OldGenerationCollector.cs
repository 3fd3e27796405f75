using Microsoft.Extensions.Hosting;

namespace CriAttach.Streams.Hosting;

/// <summary>
/// Has the oldest generation collected, beside the program, where nothing else has for a minute. Sessions, and output that slow ones have not read, live for seconds
/// and minutes: they die there, and a process that allocates as little as this one is left alone for an hour, and grows by them.
/// </summary>
/// <param name="clock">The clock.</param>
public sealed class OldGenerationCollector(TimeProvider clock) : BackgroundService
{
    private const long Worthwhile = 16 * 1024 * 1024;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, clock);
        var collections = GC.CollectionCount(GC.MaxGeneration);
        var allocated = GC.GetTotalAllocatedBytes();
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            if (GC.CollectionCount(GC.MaxGeneration) == collections)
            {
                if (GC.GetTotalAllocatedBytes() - allocated < Worthwhile)
                {
                    continue;
                }

                GC.Collect(GC.MaxGeneration, GCCollectionMode.Default, blocking: false);
            }

            collections = GC.CollectionCount(GC.MaxGeneration);
            allocated = GC.GetTotalAllocatedBytes();
        }
    }
}
