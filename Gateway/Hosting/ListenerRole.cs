namespace CriAttach.Gateway.Hosting;

/// <summary>What a listener is for. The routes of one do not answer on another.</summary>
internal enum ListenerRole
{
    /// <summary>CRI over a unix socket: the kubelet.</summary>
    Cri,

    /// <summary>CRI over TCP: callers elsewhere, who must prove themselves.</summary>
    CriTcp,

    /// <summary>Attach URLs.</summary>
    Stream,

    /// <summary>The admin API over a unix socket.</summary>
    Admin,

    /// <summary>The admin API over TCP: callers must prove themselves.</summary>
    AdminTcp,

    /// <summary>The Kubernetes API over TCP: callers must prove themselves.</summary>
    Kube,
}
