namespace CriAttach.Gateway.Streaming.Resume;

/// <summary>Holds output back that a client has not acknowledged: what lies in its socket's buffers it cannot have used.</summary>
/// <param name="size">How many bytes may be on the way; 0 for any number.</param>
internal sealed class AckWindow(long size)
{
    private readonly Lock _gate = new();
    private long _sent;
    private long _acknowledged;
    private bool _open;
    private TaskCompletionSource? _room;

    /// <summary>Counts from a new offset on.</summary>
    /// <param name="offset">The offset of the next byte.</param>
    public void Restart(long offset)
    {
        lock (_gate)
        {
            (_sent, _acknowledged) = (offset, offset);
            Free();
        }
    }

    /// <summary>Output is about to be sent.</summary>
    /// <param name="end">The offset behind its last byte.</param>
    /// <returns>Completes when it may be: the last piece may go beyond the size.</returns>
    public Task SendAsync(long end)
    {
        if (size == 0)
        {
            return Task.CompletedTask;
        }

        lock (_gate)
        {
            var full = _sent - _acknowledged >= size && !_open;
            _sent = Math.Max(_sent, end);
            return full ? (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task : Task.CompletedTask;
        }
    }

    /// <summary>The client has used all output up to here. More than was sent counts as all of it.</summary>
    /// <param name="offset">The offset behind the last byte.</param>
    public void Acknowledge(long offset)
    {
        lock (_gate)
        {
            _acknowledged = Math.Max(_acknowledged, Math.Min(offset, _sent));
            if (_sent - _acknowledged < size)
            {
                Free();
            }
        }
    }

    /// <summary>The connection is over: nobody waits any more.</summary>
    public void Open()
    {
        lock (_gate)
        {
            _open = true;
            Free();
        }
    }

    private void Free()
    {
        _room?.TrySetResult();
        _room = null;
    }
}
