namespace CriAttach.Model.Tests.Simulation;

/// <summary>The life of a process, and its clock: when it is over no timer of it goes off any more.</summary>
/// <param name="name">The process, with the number of its life.</param>
/// <param name="clock">The clock of the run.</param>
internal sealed class Life(string name, TimeProvider clock) : TimeProvider
{
    private readonly HashSet<LifeTimer> _timers = [];

    public bool IsOver { get; private set; }

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new LifeTimer(clock.CreateTimer(callback, state, dueTime, period), _timers);
        _timers.Add(timer);
        return timer;
    }

    /// <summary>The process is killed: nothing of it says goodbye.</summary>
    public void End()
    {
        IsOver = true;
        foreach (var timer in _timers.ToArray())
        {
            timer.Dispose();
        }
    }

    public override string ToString() => name;

    private sealed class LifeTimer(ITimer inner, HashSet<LifeTimer> timers) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(dueTime, period);

        public void Dispose()
        {
            timers.Remove(this);
            inner.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
