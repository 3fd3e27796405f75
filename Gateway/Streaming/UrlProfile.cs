namespace CriAttach.Gateway.Streaming;

/// <summary>Who is going to open the URL.</summary>
internal enum UrlProfile
{
    /// <summary>The kubelet of this node, or somebody else on it: loopback.</summary>
    Kubelet,

    /// <summary>Anybody in the cluster: the shared base URL.</summary>
    Cluster,
}
