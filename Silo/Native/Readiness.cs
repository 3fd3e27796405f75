using System.Threading.Tasks.Sources;

namespace CriAttach.Silo.Native;

/// <summary>Whether one descriptor has something to read. One waiter at a time.</summary>
internal sealed class Readiness(ReadinessPoller poller, int descriptor, long token) : IValueTaskSource, IDisposable
{
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private int _waiting;

    /// <summary>Gets the descriptor.</summary>
    public int Descriptor => descriptor;

    /// <summary>Gets how the poller knows it.</summary>
    public long Token => token;

    /// <summary>Completes when there is something to read, or an end; also after <see cref="Tell"/>. Allocates nothing.</summary>
    public ValueTask WaitAsync()
    {
        _source.Reset();
        Volatile.Write(ref _waiting, 1);
        poller.Arm(this);
        return new ValueTask(this, _source.Version);
    }

    /// <summary>Lets the waiter go, if there is one.</summary>
    public void Tell()
    {
        if (Interlocked.Exchange(ref _waiting, 0) == 1)
        {
            _source.SetResult(true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => poller.Remove(this);

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
