using System.ComponentModel.DataAnnotations;

namespace CriAttach.Streams.Delivery;

/// <summary>How output travels from a node to its subscribers.</summary>
public sealed class DeliveryOptions
{
    /// <summary>Gets or sets how many bytes may be under way to a subscriber; a quarter of it to one that may not hold PID 1. Default: 256 KiB: more makes a flood delay others on the same connection.</summary>
    [Range(64 * 1024, 64 * 1024 * 1024)]
    public int Window { get; set; } = 256 * 1024;

    /// <summary>Gets or sets the most bytes of one message. Default: 64 KiB, which stays off the large-object heap.</summary>
    [Range(1024, 1024 * 1024)]
    public int BatchSize { get; set; } = 64 * 1024;

    /// <summary>Gets or sets how often a subscriber renews. Default: 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan LeaseInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets after how long without renewal a node drops a subscription. Default: 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.200", "01:00:00")]
    public TimeSpan LeaseTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets how long a subscriber goes on trying to reach the node before it gives up. Default: 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00.200", "1.00:00:00")]
    public TimeSpan LostAfter { get; set; } = TimeSpan.FromMinutes(2);
}
