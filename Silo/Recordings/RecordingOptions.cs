using System.ComponentModel.DataAnnotations;

namespace CriAttach.Silo.Recordings;

/// <summary>What is recorded, and where: the section <c>CriAttach:Recording</c>.</summary>
internal sealed class RecordingOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "CriAttach:Recording";

    /// <summary>Gets or sets where the recordings are kept. Default: <c>recordings</c> in the node's state directory.</summary>
    [Required]
    public string Directory { get; set; } = "";

    /// <summary>Gets or sets a value indicating whether sessions are recorded. Default: false.</summary>
    public bool Enabled { get; set; }

    /// <summary>Gets or sets a value indicating whether what people type is recorded too, passwords included. Default: false.</summary>
    public bool Input { get; set; }

    /// <summary>Gets or sets a value indicating whether nobody may see a container's output without a recording of it. Default: false.</summary>
    public bool FailClosed { get; set; }

    /// <summary>Gets or sets what is different for the containers of a namespace.</summary>
    public Dictionary<string, NamespaceRecordingOptions> Namespaces { get; set; } = [];

    /// <summary>Gets or sets the bytes of a file before the recording goes on in another one. Default: 64 MiB.</summary>
    [Range(4 * 1024, 1024L * 1024 * 1024 * 1024)]
    public long MaxFileBytes { get; set; } = 64 * 1024 * 1024;

    /// <summary>Gets or sets the bytes of a recording before it ends for that reason. Default: 1 GiB.</summary>
    [Range(4 * 1024, 1024L * 1024 * 1024 * 1024)]
    public long MaxRecordingBytes { get; set; } = 1024 * 1024 * 1024;

    /// <summary>Gets or sets the bytes of all recordings of the node; the oldest that are over make room. Default: 8 GiB.</summary>
    [Range(4 * 1024, 1024L * 1024 * 1024 * 1024 * 1024)]
    public long MaxTotalBytes { get; set; } = 8L * 1024 * 1024 * 1024;

    /// <summary>Gets or sets how many recordings there may be on the node; the oldest that are over make room. Default: 1000.</summary>
    [Range(1, 10_000)]
    public int MaxRecordings { get; set; } = 1000;

    /// <summary>Gets or sets how long a recording is kept after its end. Default: 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "36500.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Gets or sets how long a recording goes on after the last session has left: one that comes meanwhile is in the same. Default: 5 seconds; zero: not at all.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Linger { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Gets or sets the file whose bytes are the secret of the hashes; at least 32. Default: none, and anyone who can write the files can make their hashes.</summary>
    public string HmacKeyFile { get; set; } = "";

    /// <summary>What is so for a namespace.</summary>
    /// <param name="podNamespace">The namespace; empty for containers of no pod.</param>
    public RecordingPolicy PolicyOf(string podNamespace)
    {
        var own = Namespaces.GetValueOrDefault(podNamespace);
        return new RecordingPolicy(own?.Enabled ?? Enabled, own?.Input ?? Input, own?.FailClosed ?? FailClosed);
    }
}
