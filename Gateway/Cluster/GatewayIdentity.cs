using System.ComponentModel.DataAnnotations;

namespace CriAttach.Gateway.Cluster;

/// <summary>Who this gateway is. Section <c>CriAttach:Gateway</c>.</summary>
internal sealed class GatewayIdentity
{
    /// <summary>Gets or sets how the gateway is called in sessions. Default: host name and process id.</summary>
    [Required]
    public string Name { get; set; } = $"{Environment.MachineName}-{Environment.ProcessId}";

    /// <summary>Gets or sets the node that the gateway stands on; empty for none. Its containers are looked up there first.</summary>
    public string Node { get; set; } = "";
}
