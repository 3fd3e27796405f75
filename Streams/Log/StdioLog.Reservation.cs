namespace CriAttach.Streams.Log;

/// <content>Keeping bytes for a reader that is about to come.</content>
public sealed partial class StdioLog
{
    private LogReader? _reservation;
    private ITimer? _reservationEnd;

    /// <summary>
    /// A client has claimed a session that begins at <paramref name="offset"/>, and its gateway is about to subscribe: until it has, but no longer
    /// than <paramref name="atMost"/>, PID 1 runs ahead of it no further than of any reader. Where others read already, they set the pace and nothing happens.
    /// </summary>
    /// <param name="offset">Where the reader will begin.</param>
    /// <param name="atMost">How long to wait for it.</param>
    public void Reserve(long offset, TimeSpan atMost)
    {
        lock (_lock)
        {
            if (_disposed || _readers.Exists(static reader => !reader.IsAside) || offset < _tail || offset > _head)
            {
                return;
            }

            _reservation = new LogReader(this, offset, mayHold: true, static () => { });
            _readers.Add(_reservation);
            _reservationEnd = _clock.CreateTimer(static log => ((StdioLog)log!).EndReservation(), this, atMost, Timeout.InfiniteTimeSpan);
        }
    }

    private void EndReservation()
    {
        lock (_lock)
        {
            EndReservationLocked();
        }

        Reconsider();
    }

    /// <summary>The reader has come, or did not in time. Holds the lock.</summary>
    private void EndReservationLocked()
    {
        if (_reservation is { } reader)
        {
            _readers.Remove(reader);
            _reservationEnd?.Dispose();
            (_reservation, _reservationEnd) = (null, null);
        }
    }
}
