namespace CriAttach.ChaosRunner;

/// <summary>Looks whether PID 1 gets on: conmon writes all that it takes from PID 1 into the container's log.</summary>
internal sealed class Pid1Watch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _stop = new();
    private readonly string _path;
    private readonly Task _watching;
    private TimeSpan _longest;

    /// <summary>Begins.</summary>
    /// <param name="logPath">The container's log.</param>
    public Pid1Watch(string logPath)
    {
        _path = logPath;
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>Ends.</summary>
    /// <returns>The longest time in which nothing was written.</returns>
    public async Task<TimeSpan> StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        return _longest;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        using PeriodicTimer timer = new(Period);
        long last = -1;
        var since = TimeProvider.System.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token).ConfigureAwait(false))
            {
                var length = new FileInfo(_path) is { Exists: true } file ? file.Length : -1;
                if (length != last)
                {
                    (last, since) = (length, TimeProvider.System.GetTimestamp());
                }
                else if (TimeProvider.System.GetElapsedTime(since) is var still && still > _longest)
                {
                    _longest = still;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }
}
