namespace CriAttach.Interfaces.Sessions;

/// <summary>Why a session ended. The first cause wins.</summary>
[GenerateSerializer, Alias("criattach.EndCause")]
public enum EndCause : byte
{
    /// <summary>It has not ended.</summary>
    None = 0,

    /// <summary>PID 1 ended and everything it wrote was delivered.</summary>
    ContainerExited = 1,

    /// <summary>The client closed the session in good order.</summary>
    ClientDetached = 2,

    /// <summary>The client's connection broke.</summary>
    ClientGone = 3,

    /// <summary>The client broke the protocol.</summary>
    ProtocolFault = 4,

    /// <summary>Nothing moved for as long as the idle timeout allows.</summary>
    IdleTimeout = 5,

    /// <summary>Nobody came with the token in time.</summary>
    TokenExpired = 6,

    /// <summary>The gateway that held the session stopped renewing it.</summary>
    GatewayLost = 7,

    /// <summary>The gateway is shutting down.</summary>
    GatewayDraining = 8,

    /// <summary>The container's node is out of reach.</summary>
    NodeUnavailable = 9,

    /// <summary>The container was removed.</summary>
    ContainerRemoved = 10,

    /// <summary>An operator ended it.</summary>
    EndedByOperator = 11,

    /// <summary>The session could not be served; the message says why.</summary>
    Failed = 12,

    /// <summary>Only for one connection of a session: its client has come back by another one.</summary>
    Resumed = 13,

    /// <summary>It has to be recorded, and its recording cannot be written.</summary>
    RecordingFailed = 14,
}
