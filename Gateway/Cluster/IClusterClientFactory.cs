using System.Net;

namespace CriAttach.Gateway.Cluster;

/// <summary>Makes hosts of cluster clients; the composition root implements it.</summary>
internal interface IClusterClientFactory
{
    /// <summary>Makes the host of a client, not yet started.</summary>
    /// <param name="patient">Whether starting it waits until the cluster is there, rather than failing.</param>
    /// <param name="gateway">The one silo to talk to; none for whatever the configuration names.</param>
    IHost Create(bool patient, IPEndPoint? gateway);
}
