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

    /// <summary>The silo or the writer ends. A rotation that is under way is finished as far as the writer has come.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _rotation.ConfigureAwait(false);
    }

    /// <summary>The writer is gone for good: a rotation that it did not live to see is taken back.</summary>
    public void EndWriting()
    {
        try
        {
            files.EndWriting();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            LogBroken(logger, files.CurrentPath, fault);
        }
    }

    private async Task RotateAsync(CancellationToken cancellationToken)
    {
        try
        {
            files.BeginRotation();
            await ReopenAsync(cancellationToken).ConfigureAwait(false);
            if (files.HasCurrent)
            {
                var start = files.CompleteRotation();
                LogRotated(logger, files.CurrentPath, start, files.Prune(limits));
            }
            else
            {
                LogInterrupted(logger, files.CurrentPath);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or CriLogFormatException)
        {
            _broken = true;
            LogBroken(logger, files.CurrentPath, fault);
        }
        finally
        {
            files.EndRotation();
        }
    }

    /// <summary>Has the writer open a new file. One that is being held up by a reader takes its time.</summary>
    private async Task ReopenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await reopen(cancellationToken).ConfigureAwait(false);
            for (var pause = TimeSpan.FromMilliseconds(1); !files.HasCurrent; pause = pause < LongestPoll ? pause * 2 : pause)
            {
                await Task.Delay(pause, clock, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The caller looks how far the writer has come. One that outlives this silo is asked again by the next.
        }
    }
}
