namespace CriAttach.Silo.Recordings;

/// <summary>Knows the recordings before the silo takes sessions, removes the old ones, and ends those that are being written after it has left.</summary>
internal sealed class RecordingService(RecordingStore store, SessionRecorder recorder, TimeProvider clock) : IHostedService, IDisposable
{
    private static readonly TimeSpan PruneEvery = TimeSpan.FromMinutes(10);

    private ITimer? _timer;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        store.Open();
        _timer = clock.CreateTimer(static store => ((RecordingStore)store!).Prune(), store, PruneEvery, PruneEvery);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => recorder.StopAsync().WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();
}
