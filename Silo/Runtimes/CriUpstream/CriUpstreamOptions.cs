using System.ComponentModel.DataAnnotations;

namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <summary>The section <c>CriAttach:CriUpstream</c>: another runtime on this node, whose containers are served as our own.</summary>
internal sealed class CriUpstreamOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "CriAttach:CriUpstream";

    /// <summary>Gets or sets the path of the runtime's CRI socket. Default: none, and no such runtime.</summary>
    public string Socket { get; set; } = "";

    /// <summary>Gets or sets how often the runtime is asked which containers it has. Default: 1 s. Where it tells by itself, that is used as well.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how the runtime's streaming server is spoken to: <c>spdy</c>, <c>isulad</c>, or by the URL that it gives. Default: <c>auto</c>.</summary>
    [AllowedValues("auto", "spdy", "isulad", ErrorMessage = "The field Dialect must be 'auto', 'spdy' or 'isulad'.")]
    public string Dialect { get; set; } = "auto";

    /// <summary>Gets or sets how long an answer of the runtime may take. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:02:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Gets or sets how long output of which the log says nothing yet is kept back, when it is not known whether the line that it belongs to began
    /// before we were attached. Default: 1 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan UnfinishedLinePatience { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Gets or sets how long a container that was attached to is remembered after the runtime has removed it. Default: 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan KeepRemoved { get; set; } = TimeSpan.FromMinutes(1);
}
