using System.Threading.Tasks.Sources;

namespace CriAttach.Gateway.Streaming;

/// <summary>An auto-reset event for one waiter: no allocation per wait. A signal without a waiter is kept, once.</summary>
internal sealed class AsyncSignal : IValueTaskSource
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _core;
    private bool _signalled;
    private bool _waiting;

    /// <summary>Wakes the waiter, or lets the next wait pass at once.</summary>
    /// <param name="here">Whether the waiter goes on on this very thread: quick, but only where the caller holds no lock and can wait for it.</param>
    public void Set(bool here = false)
    {
        lock (_gate)
        {
            if (!_waiting)
            {
                _signalled = true;
                return;
            }

            _waiting = false;
        }

        _core.RunContinuationsAsynchronously = !here;
        _core.SetResult(true);
    }

    /// <summary>Waits for the next signal. One waiter at a time.</summary>
    public ValueTask WaitAsync()
    {
        lock (_gate)
        {
            if (_signalled)
            {
                _signalled = false;
                return ValueTask.CompletedTask;
            }

            _core.Reset();
            _waiting = true;
            return new ValueTask(this, _core.Version);
        }
    }

    /// <inheritdoc/>
    void IValueTaskSource.GetResult(short token) => _core.GetResult(token);

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
