using Microsoft.Extensions.Time.Testing;

namespace CriAttach.Streams.Tests.Delivery;

/// <summary>A fake clock that tells when a timer has been made on it: to advance it earlier would be lost on that timer.</summary>
internal sealed class TimerClock : FakeTimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<(int Count, TaskCompletionSource Made)> _waits = [];
    private int _timers;

    /// <summary>Completes when so many timers have been made.</summary>
    public Task TimersAsync(int count)
    {
        lock (_lock)
        {
            var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waits.Add((count, made));
            Tell();
            return made.Task;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        lock (_lock)
        {
            _timers++;
            Tell();
        }

        return timer;
    }

    private void Tell() => _waits.ForEach(wait =>
    {
        if (_timers >= wait.Count)
        {
            wait.Made.TrySetResult();
        }
    });
}
