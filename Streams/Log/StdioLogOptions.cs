using System.ComponentModel.DataAnnotations;

namespace CriAttach.Streams.Log;

/// <summary>The bounds of a container's log in memory, and of the right of its readers to slow PID 1 down.</summary>
public sealed class StdioLogOptions
{
    /// <summary>Gets or sets how many bytes the slowest reader that may hold PID 1 can lag before it does. Default: 1 MiB.</summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int Limit { get; set; } = 1024 * 1024;

    /// <summary>Gets or sets how many bytes stay behind the head for replay. Default: 1 MiB. A log never holds more than <see cref="Limit"/> and this together.</summary>
    [Range(0, 1024 * 1024 * 1024)]
    public int Retain { get; set; } = 1024 * 1024;

    /// <summary>Gets or sets the bytes per second below which a lagging reader loses its right to hold PID 1. Default: 64 KiB.</summary>
    [Range(1, 1024 * 1024 * 1024)]
    public int MinRate { get; set; } = 64 * 1024;

    /// <summary>Gets or sets over how long the rate is measured. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets or sets how long a lagging reader may hold PID 1 whose far side says nothing at all, not even that it is there, once a client has come back by
    /// another way: the gateway that it left is dead, or has been cut off and will read what it misses from the archive. Until then, and where there is no
    /// archive, <see cref="StallTimeout"/> counts. Default: 3 s; gateways say each second that they are there.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan SilenceTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Gets or sets how long all readers together may hold PID 1 fully stopped within <see cref="FullStopWindow"/>. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan FullStopBudget { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets the sliding window of <see cref="FullStopBudget"/>. Default: 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FullStopWindow { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Gets or sets how many bytes one piece of input lets PID 1 write although readers lag, so that it gets to read that input. Default: 512 KiB.</summary>
    [Range(64 * 1024, 1024 * 1024 * 1024)]
    public int LiftBytes { get; set; } = 512 * 1024;
}
