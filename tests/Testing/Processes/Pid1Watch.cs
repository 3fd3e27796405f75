namespace CriAttach.Testing.Processes;

/// <summary>Looks whether PID 1 gets on: conmon writes all that it takes from PID 1 into the container's log.</summary>
public sealed class Pid1Watch : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _stop = new();
    private readonly string _path;
    private readonly Task _watching;
    private long _longest;
    private long _inAll;

    /// <summary>Begins.</summary>
    /// <param name="logPath">The container's log.</param>
    public Pid1Watch(string logPath)
    {
        _path = logPath;
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>The longest time in which nothing was written.</summary>
    public TimeSpan Longest => TimeSpan.FromTicks(Interlocked.Read(ref _longest));

    /// <summary>How long nothing was written, in all; a fifth of a second and more at a stretch counts, once it is over.</summary>
    public TimeSpan InAll => TimeSpan.FromTicks(Interlocked.Read(ref _inAll));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
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
                var still = TimeProvider.System.GetElapsedTime(since);
                if (length == last)
                {
                    Interlocked.Exchange(ref _longest, Math.Max(_longest, still.Ticks));
                    continue;
                }

                if (still >= Shortest)
                {
                    Interlocked.Add(ref _inAll, still.Ticks);
                }

                (last, since) = (length, TimeProvider.System.GetTimestamp());
            }
        }
        catch (OperationCanceledException)
        {
            // The end.
        }
    }
}
