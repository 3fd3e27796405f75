namespace CriAttach.Silo.Hosting;

/// <summary>
/// The wall clock, but never set back: when that happens, this one goes on at half its pace until the other has caught up. Orleans schedules the
/// collection of grains by the time of day, and refuses every new grain while that lies behind a time it has seen (docs/adr/0031).
/// </summary>
/// <param name="clock">The clock of the machine.</param>
internal sealed class SteadyClock(TimeProvider clock) : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _told = DateTimeOffset.MinValue;
    private long _toldAt = clock.GetTimestamp();

    /// <inheritdoc/>
    public override long TimestampFrequency => clock.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            var at = clock.GetTimestamp();
            var wall = clock.GetUtcNow();
            var least = _told + (clock.GetElapsedTime(_toldAt, at) / 2);
            (_told, _toldAt) = (wall > least ? wall : least, at);
            return _told;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => clock.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period);
}
