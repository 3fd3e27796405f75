namespace CriAttach.Gateway.Streaming.Relay;

/// <summary>What a relayed URL is for.</summary>
internal enum RelayKind
{
    /// <summary>A command in a container.</summary>
    Exec,

    /// <summary>Ports of a pod.</summary>
    PortForward,
}
