using System.Net;
using CriAttach.Silo.Agent;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace CriAttach.Silo.Hosting.Clustering;

/// <summary>What this silo is to the cluster: Orleans' own, but for the generation.</summary>
internal sealed class NodeSiloDetails : ILocalSiloDetails
{
    /// <summary>Takes the next generation.</summary>
    /// <param name="silo">The name.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="endpoints">The addresses.</param>
    /// <param name="node">Where the node keeps its state.</param>
    public NodeSiloDetails(IOptions<SiloOptions> silo, IOptions<ClusterOptions> cluster, IOptions<EndpointOptions> endpoints, IOptions<NodeOptions> node)
    {
        var own = endpoints.Value;
        (Name, ClusterId, DnsHostName) = (silo.Value.SiloName, cluster.Value.ClusterId, Dns.GetHostName());
        SiloAddress = SiloAddress.New(own.AdvertisedIPAddress, own.SiloPort, SiloGeneration.Next(node.Value.StateDirectory, SiloAddress.AllocateNewGeneration()));
        GatewayAddress = SiloAddress.New(own.AdvertisedIPAddress, own.GatewayPort, 0);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string ClusterId { get; }

    /// <inheritdoc/>
    public string DnsHostName { get; }

    /// <inheritdoc/>
    public SiloAddress SiloAddress { get; }

    /// <inheritdoc/>
    public SiloAddress GatewayAddress { get; }
}
