using System.ComponentModel.DataAnnotations;

namespace CriAttach.Grains.Sessions;

/// <summary>The bounds of a node's sessions: the section <c>CriAttach:Sessions</c>.</summary>
public sealed class SessionOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "CriAttach:Sessions";

    /// <summary>Gets or sets how long a token can be claimed. Default: 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan TokenTtl { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets how many tokens may be out unclaimed. Default: 1000. The next Attach is refused with ResourceExhausted.</summary>
    [Range(1, 1_000_000)]
    public int MaxUnclaimed { get; set; } = 1000;

    /// <summary>Gets or sets after how long without renewal by its gateway a session ends. Default: 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LeaseTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Gets or sets how long a session whose connection broke waits for a client that can resume it. Default: 2 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan ResumeWindow { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Gets or sets how many sessions may wait for their clients. Default: 1000. When one more is interrupted, the one ends that has waited longest of the container that has most of them.</summary>
    [Range(0, 1_000_000)]
    public int MaxSuspended { get; set; } = 1000;

    /// <summary>Gets or sets how much unseen output the first client gets at the most, the newest part. Default: 256 KiB.</summary>
    [Range(0, 1024 * 1024 * 1024)]
    public int UnseenBytes { get; set; } = 256 * 1024;
}
