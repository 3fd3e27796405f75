using System.Net;

namespace CriAttach.Gateway.Cluster;

/// <summary>Makes hosts of cluster clients; the composition root implements it.</summary>
internal interface IClusterClientFactory
{
    /// <summary>Makes the host of a client, not yet started.</summary>
    /// <param name="gateway">The one silo to talk to; none for whatever the configuration names.</param>
    /// <param name="obstacle">Hears of each failed attempt to reach a silo, and makes starting the client go on until one is there; none to have it fail.</param>
    IHost Create(IPEndPoint? gateway, Action<Exception>? obstacle);
}
