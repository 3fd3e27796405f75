using Microsoft.Extensions.Hosting;

namespace CriAttach.Streams.Hosting;

/// <summary>
/// Has the oldest generation collected, beside the program, where nothing else has for a minute. Sessions, and output that slow ones have not read, live for seconds
/// and minutes: they die there, and a process that allocates as little as this one is left alone for an hour, and grows by them.
/// </summary>
public sealed class OldGenerationCollector : BackgroundService
{
    /// <summary>How many bytes must have been allocated for a collection to be worth its while.</summary>
    internal const long Worthwhile = 16 * 1024 * 1024;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock;
    private readonly IGarbage _garbage;

    /// <summary>Looks after this process.</summary>
    /// <param name="clock">The clock.</param>
    public OldGenerationCollector(TimeProvider clock)
        : this(clock, new ProcessGarbage())
    {
    }

    internal OldGenerationCollector(TimeProvider clock, IGarbage garbage) => (_clock, _garbage) = (clock, garbage);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, _clock);
        var collections = _garbage.Collections;
        var allocated = _garbage.Allocated;
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            if (_garbage.Collections == collections)
            {
                if (_garbage.Allocated - allocated < Worthwhile)
                {
                    continue;
                }

                _garbage.Collect();
            }

            collections = _garbage.Collections;
            allocated = _garbage.Allocated;
        }
    }
}
