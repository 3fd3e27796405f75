namespace CriAttach.Silo.Recordings;

/// <summary>Wakes one loop. A signal that comes while nobody waits is kept, once.</summary>
internal sealed class RecordingSignal
{
    private TaskCompletionSource _next = Make();

    /// <summary>Wakes the loop.</summary>
    public void Set() => Volatile.Read(ref _next).TrySetResult();

    /// <summary>Waits for a signal. What was changed before one is seen after this.</summary>
    public async Task WaitAsync()
    {
        await _next.Task.ConfigureAwait(false);
        Interlocked.Exchange(ref _next, Make());
    }

    private static TaskCompletionSource Make() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
