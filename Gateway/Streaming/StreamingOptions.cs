using System.ComponentModel.DataAnnotations;

using CriAttach.Interfaces.Sessions;

namespace CriAttach.Gateway.Streaming;

/// <summary>How sessions are served. Section <c>CriAttach:Gateway</c>.</summary>
internal sealed class StreamingOptions
{
    /// <summary>Gets or sets after how long a session on which nothing moved is ended. Default: 4 hours.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "7.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromHours(4);

    /// <summary>Gets or sets how long the client may take to close after it got the status. Default: 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FinishTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Gets or sets how much output of one container is kept for the sessions of this gateway that share it. Default: 1 MiB.</summary>
    [Range(64 * 1024, 64 * 1024 * 1024)]
    public int OutputWindow { get; set; } = 1024 * 1024;

    /// <summary>Gets or sets what happens when a client is slow that did not ask for anything. Default: <c>Throttle</c>.</summary>
    public Delivery Delivery { get; set; } = Delivery.Throttle;

    /// <summary>Gets what the sessions of some namespaces have of their own, by the namespaces' names. Default: nothing.</summary>
    public IDictionary<string, NamespaceOptions> Namespaces { get; init; } = new Dictionary<string, NamespaceOptions>(StringComparer.Ordinal);

    /// <summary>Gets or sets the rate, in bytes a second, below which a session loses the right to slow PID 1 down. Default: 64 KiB.</summary>
    [Range(1, 1024 * 1024 * 1024)]
    public int MinRate { get; set; } = 64 * 1024;

    /// <summary>Gets or sets the time over which <see cref="MinRate"/> is measured. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StallTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Gets or sets how long a container's output stays subscribed after its last session here. Default: 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan OutputLinger { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Gets or sets how much input of one session waits here for PID 1 before its socket is no longer read. Default: 1 MiB.</summary>
    [Range(64 * 1024, 64 * 1024 * 1024)]
    public int InputBuffer { get; set; } = 1024 * 1024;

    /// <summary>Gets or sets how long the input of a client that left may wait without PID 1 reading any of it. Default: 3 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan InputDrainTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Gets or sets how long a node may be missing in the membership before the sessions on it end. Default: 30 s, which a silo's restart takes at the most.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan NodeGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Gets or sets how long clients have to go elsewhere, or to finish, when the gateway is told to stop. Default: 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(20);
}
