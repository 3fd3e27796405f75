namespace CriAttach.Streams.Log;

/// <content>Holding the appender back.</content>
public sealed partial class StdioLog : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly PauseGovernor _governor;
    private TaskCompletionSource? _room;
    private ITimer? _timer;
    private bool _disposed;

    /// <summary>Gets the time by which its rules count.</summary>
    internal long Now => _clock.GetTimestamp();

    /// <summary>Gets a value indicating whether the appender waits for readers at this moment.</summary>
    public bool IsHeld
    {
        get
        {
            lock (_lock)
            {
                return _room is not null;
            }
        }
    }

    /// <summary>Waits until the rules of <see cref="StdioLogOptions"/> let PID 1 write on. Only the appender calls it.</summary>
    /// <param name="cancellationToken">Ends the wait: the container is being stopped, which never waits for a reader.</param>
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_disposed || !_governor.MustHold(_readers, _head, out var again))
            {
                return ValueTask.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Arm(again);
            return new ValueTask(_room.Task.WaitAsync(cancellationToken));
        }
    }

    /// <summary>Input for PID 1 has come: lets it write on for a bounded number of bytes, so that it gets to read.</summary>
    public void LiftPause()
    {
        lock (_lock)
        {
            _governor.Lift(_head);
        }

        Reconsider();
    }

    /// <summary>A client of this output has come back, perhaps from a gateway that is dead: that one's readers hold PID 1 no longer than they must.</summary>
    public void ClientReturned()
    {
        lock (_lock)
        {
            _governor.Returned();
        }

        Reconsider();
    }

    /// <summary>Input waits until PID 1 reads it, or waits no longer: meanwhile nothing holds PID 1 back, or it might never come to read.</summary>
    internal void SetInputWaits(bool waits)
    {
        lock (_lock)
        {
            _governor.InputWaits = waits;
        }

        Reconsider();
    }

    /// <summary>Gives the memory back. A reader that had not read it all finds a gap; there is an end only where <see cref="Complete"/> said so.</summary>
    public void Dispose()
    {
        TaskCompletionSource? room;
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            EndReservationLocked();
            _disposed = true;
            for (var i = 0; i < _segments.Count - 1; i++)
            {
                // The last one is left to the garbage collector: the appender may be filling it at this moment.
                _segments[i].Block.Release();
            }

            _segments.Clear();
            _runs.Clear();
            _tail = _head;
            _timer?.Dispose();
            room = _room;
            _room = null;
        }

        room?.TrySetResult();
        NotifyReaders();
    }

    /// <summary>Lets the appender go when nothing holds it any more.</summary>
    private void Reconsider()
    {
        TaskCompletionSource room;
        lock (_lock)
        {
            if (_room is null)
            {
                return;
            }

            if (_governor.MustHold(_readers, _head, out var again))
            {
                Arm(again);
                return;
            }

            room = _room;
            _room = null;
        }

        room.TrySetResult();
    }

    private void Arm(TimeSpan again)
    {
        _timer ??= _clock.CreateTimer(static log => ((StdioLog)log!).Reconsider(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(again, Timeout.InfiniteTimeSpan);
    }
}
