namespace CriAttach.Gateway.Streaming;

/// <summary>Knows for how long nothing has moved.</summary>
/// <param name="time">The clock.</param>
internal sealed class ActivityWatch(TimeProvider time)
{
    private long _last = time.GetTimestamp();

    /// <summary>Gets for how long nothing has moved.</summary>
    public TimeSpan IdleFor => time.GetElapsedTime(Volatile.Read(ref _last));

    /// <summary>Something moves.</summary>
    public void Touch() => Volatile.Write(ref _last, time.GetTimestamp());
}
