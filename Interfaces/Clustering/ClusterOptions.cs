using System.ComponentModel.DataAnnotations;

namespace CriAttach.Interfaces.Clustering;

/// <summary>The section <c>CriAttach:Cluster</c>, the same for silos and gateways of one cluster.</summary>
public sealed class ClusterOptions
{
    /// <summary>The section's path.</summary>
    public const string Section = "CriAttach:Cluster";

    /// <summary>Gets or sets where the membership is kept. Default: <see cref="ClusterProvider.Development"/>.</summary>
    public ClusterProvider Provider { get; set; } = ClusterProvider.Development;

    /// <summary>Gets or sets the cluster's id: silos and gateways with another one are strangers. Default: <c>criattach</c>.</summary>
    [Required]
    public string ClusterId { get; set; } = "criattach";

    /// <summary>Gets or sets the service's id, the same over all blue and green clusters. Default: <c>criattach</c>.</summary>
    [Required]
    public string ServiceId { get; set; } = "criattach";

    /// <summary>Gets or sets how to reach Redis or PostgreSQL.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>Gets or sets the address at which other processes reach this silo. Default: <c>127.0.0.1</c>. Silos only.</summary>
    [Required]
    public string AdvertisedAddress { get; set; } = "127.0.0.1";

    /// <summary>Gets or sets the port on which silos talk to each other. Default: 11111. Silos only.</summary>
    [Range(1, 65535)]
    public int SiloPort { get; set; } = 11111;

    /// <summary>Gets or sets the port on which gateways talk to this silo. Default: 30000. Silos only.</summary>
    [Range(1, 65535)]
    public int GatewayPort { get; set; } = 30000;

    /// <summary>Gets or sets, for <see cref="ClusterProvider.Development"/>, the silo endpoint (<c>address:port</c>) that holds the membership; empty for this silo itself. Silos only.</summary>
    public string PrimarySilo { get; set; } = "";

    /// <summary>Gets or sets, for <see cref="ClusterProvider.Development"/>, the gateway endpoints (<c>address:port</c>) of silos. Gateways only. Default: <c>127.0.0.1:30000</c>.</summary>
    public IList<string> Gateways { get; init; } = [];
}
