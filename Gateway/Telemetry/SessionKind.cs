namespace CriAttach.Gateway.Telemetry;

/// <summary>What a session is.</summary>
internal enum SessionKind
{
    /// <summary>Somebody is attached to a container.</summary>
    Attach,

    /// <summary>A command in a container of a runtime that is passed through.</summary>
    Exec,

    /// <summary>Ports of a pod of a runtime that is passed through.</summary>
    PortForward,
}
