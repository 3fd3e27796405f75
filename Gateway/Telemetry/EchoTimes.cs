namespace CriAttach.Gateway.Telemetry;

/// <summary>The last times from a client's input to the next output to it. A new one takes the place of the oldest.</summary>
internal sealed class EchoTimes
{
    /// <summary>How many are kept.</summary>
    public const int Kept = 1024;

    private readonly Lock _gate = new();
    private readonly double[] _times = new double[Kept];
    private long _count;

    /// <summary>A client had its echo.</summary>
    /// <param name="time">How long it took.</param>
    public void Add(TimeSpan time)
    {
        lock (_gate)
        {
            _times[_count++ % Kept] = time.TotalMilliseconds;
        }
    }

    /// <summary>The time, in milliseconds, that a share of the kept ones do not exceed; none when there are none.</summary>
    /// <param name="shares">The shares, 0 to 1.</param>
    public double[]? Percentiles(params ReadOnlySpan<double> shares)
    {
        double[] sorted;
        lock (_gate)
        {
            sorted = _times[..(int)Math.Min(_count, Kept)];
        }

        if (sorted.Length == 0)
        {
            return null;
        }

        Array.Sort(sorted);
        var result = new double[shares.Length];
        for (var at = 0; at < shares.Length; at++)
        {
            result[at] = sorted[Math.Clamp((int)Math.Ceiling(shares[at] * sorted.Length) - 1, 0, sorted.Length - 1)];
        }

        return result;
    }
}
