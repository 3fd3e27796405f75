using System.Net;
using CriAttach.Interfaces.Nodes;

namespace CriAttach.Gateway.Cluster;

/// <summary>An active node as the membership shows it.</summary>
/// <param name="Name">The node's name.</param>
/// <param name="Gateway">Where its silo takes clients.</param>
/// <param name="Incarnation">The life of the silo: it only grows.</param>
internal sealed record ClusterNode(string Name, IPEndPoint Gateway, int Incarnation)
{
    /// <summary>Gets the node's name in tokens.</summary>
    public string Tag { get; } = NodeTag.Of(Name);
}
