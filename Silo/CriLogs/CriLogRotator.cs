using CriAttach.Wire.CriLog;

namespace CriAttach.Silo.CriLogs;

/// <summary>Rotates a log when it has grown, beside the pump and not in its way.</summary>
internal sealed partial class CriLogRotator(
    CriLogFiles files, CriLogLimits limits, Func<CancellationToken, ValueTask> reopen, TimeProvider clock, ILogger<CriLogRotator> logger) : IAsyncDisposable
{
    // A line of one byte takes 47 in the file, so what has been read says little about the file's size: ask the file, but not each time.
    private const int CheckEvery = 64 * 1024;

    private static readonly TimeSpan LongestPoll = TimeSpan.FromMilliseconds(50);

    // Not disposed: nothing in it needs it, and a rotation may still look at it.
    private readonly CancellationTokenSource _stop = new();
    private Task _rotation = Task.CompletedTask;
    private long _nextCheck = CheckEvery;
    private bool _broken;

    /// <summary>The log has grown. Only the appender calls it; it does not wait.</summary>
    /// <param name="head">The log's head.</param>
    public void Observe(long head)
    {
        if (head < _nextCheck)
        {
            return;
        }

        _nextCheck = head + CheckEvery;
        if (_rotation.IsCompleted && !_broken && new FileInfo(files.CurrentPath) is { Exists: true } file && file.Length >= limits.FileBytes)
        {
            _rotation = Task.Run(() => RotateAsync(_stop.Token));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _rotation.ConfigureAwait(false);
    }

    private async Task RotateAsync(CancellationToken cancellationToken)
    {
        try
        {
            files.BeginRotation();
            await reopen(cancellationToken).ConfigureAwait(false);
            await WaitForCurrentAsync(cancellationToken).ConfigureAwait(false);
            var start = files.CompleteRotation();
            LogRotated(logger, files.CurrentPath, start, files.Prune(limits));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The silo or the container ends. What is half done is finished when the log is opened again.
            LogInterrupted(logger, files.CurrentPath);
        }
        catch (Exception fault) when (fault is IOException or CriLogFormatException)
        {
            _broken = true;
            LogBroken(logger, files.CurrentPath, fault);
        }
        finally
        {
            files.EndRotation();
        }
    }

    /// <summary>Waits until the writer has opened a new file. One that is being held up by a reader takes its time.</summary>
    private async Task WaitForCurrentAsync(CancellationToken cancellationToken)
    {
        for (var pause = TimeSpan.FromMilliseconds(1); !files.HasCurrent; pause = pause < LongestPoll ? pause * 2 : pause)
        {
            await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
        }
    }
}
