using System.ComponentModel.DataAnnotations;

namespace CriAttach.Streams.Input;

/// <summary>The bounds of a container's input.</summary>
public sealed class StdinOptions
{
    /// <summary>Gets or sets how many bytes of one session may wait on the node for PID 1. Default: 256 KiB. A full one makes the gateway wait.</summary>
    [Range(64 * 1024, 64 * 1024 * 1024)]
    public int ProducerWindow { get; set; } = 256 * 1024;

    /// <summary>Gets or sets how long a publish waits for room before it answers with what it has taken so far. Default: 2 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:20")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(2);
}
