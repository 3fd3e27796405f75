using System.ComponentModel.DataAnnotations;

namespace CriAttach.Silo.Runtimes.Process;

/// <summary>The section <c>CriAttach:Process</c>.</summary>
internal sealed class ProcessOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "CriAttach:Process";

    /// <summary>Gets or sets the size in bytes from which on a container's log file is rotated. Default: 16 MiB.</summary>
    [Range(64 * 1024L, 1024L * 1024 * 1024 * 1024)]
    public long LogMaxBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Gets or sets how many log files of that size are kept per container, the newest included. Default: 5.</summary>
    [Range(2, 1000)]
    public int LogMaxFiles { get; set; } = 5;
}
