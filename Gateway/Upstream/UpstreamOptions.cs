namespace CriAttach.Gateway.Upstream;

/// <summary>The container runtime of this node, for whose calls the gateway stands in. Section <c>CriAttach:Gateway:Upstream</c>.</summary>
internal sealed class UpstreamOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "CriAttach:Gateway:Upstream";

    /// <summary>
    /// Gets or sets the runtime's CRI socket, as a path or as <c>unix:///path</c>; empty for none: then the gateway answers CRI for its own containers.
    /// Default: none.
    /// </summary>
    public string Socket { get; set; } = "";

    /// <summary>Gets or sets a value indicating whether clients of Exec and PortForward get a URL of this gateway instead of the runtime's. Default: true.</summary>
    public bool RewriteStreamUrls { get; set; } = true;
}
