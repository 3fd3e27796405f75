using System.ComponentModel.DataAnnotations;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>The section <c>CriAttach:Conmon</c>.</summary>
internal sealed class ConmonOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "CriAttach:Conmon";

    /// <summary>Gets or sets the name or path of conmon. Default: <c>conmon</c>.</summary>
    [Required]
    public string ConmonPath { get; set; } = "conmon";

    /// <summary>Gets or sets the name or path of the OCI runtime. Default: <c>runc</c>.</summary>
    [Required]
    public string RuntimePath { get; set; } = "runc";

    /// <summary>Gets or sets the size in bytes from which on a container's log file is rotated. Default: 16 MiB.</summary>
    [Range(64 * 1024L, 1024L * 1024 * 1024 * 1024)]
    public long LogMaxBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Gets or sets how many log files of that size are kept per container, the newest included. Default: 5.</summary>
    [Range(2, 1000)]
    public int LogMaxFiles { get; set; } = 5;

    /// <summary>Gets or sets the control group that those of the containers and of their conmons are made in. Default: <c>/criattach</c>.</summary>
    [Required]
    [RegularExpression("(/[A-Za-z0-9._-]+)+", ErrorMessage = "The field CgroupParent must be an absolute path of plain names.")]
    public string CgroupParent { get; set; } = "/criattach";
}
