using System.Text.Json.Serialization;

namespace CriAttach.AdminApi;

/// <summary>Why a session ended.</summary>
public enum SessionCause
{
    /// <summary>It has not ended.</summary>
    [JsonStringEnumMemberName("none")]
    None = 0,

    /// <summary>PID 1 ended, and everything that it wrote was delivered.</summary>
    [JsonStringEnumMemberName("containerExited")]
    ContainerExited = 1,

    /// <summary>The client closed the session in good order.</summary>
    [JsonStringEnumMemberName("clientDetached")]
    ClientDetached = 2,

    /// <summary>The client's connection broke.</summary>
    [JsonStringEnumMemberName("clientGone")]
    ClientGone = 3,

    /// <summary>The client broke the protocol.</summary>
    [JsonStringEnumMemberName("protocolFault")]
    ProtocolFault = 4,

    /// <summary>Nothing moved for as long as the idle timeout allows.</summary>
    [JsonStringEnumMemberName("idleTimeout")]
    IdleTimeout = 5,

    /// <summary>Nobody came with the token in time.</summary>
    [JsonStringEnumMemberName("tokenExpired")]
    TokenExpired = 6,

    /// <summary>The gateway that held the session stopped renewing it.</summary>
    [JsonStringEnumMemberName("gatewayLost")]
    GatewayLost = 7,

    /// <summary>The gateway was shut down.</summary>
    [JsonStringEnumMemberName("gatewayDraining")]
    GatewayDraining = 8,

    /// <summary>The container's node was out of reach.</summary>
    [JsonStringEnumMemberName("nodeUnavailable")]
    NodeUnavailable = 9,

    /// <summary>The container was removed.</summary>
    [JsonStringEnumMemberName("containerRemoved")]
    ContainerRemoved = 10,

    /// <summary>An operator ended it.</summary>
    [JsonStringEnumMemberName("endedByOperator")]
    EndedByOperator = 11,

    /// <summary>It could not be served; the message says why.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed = 12,

    /// <summary>It has to be recorded, and its recording cannot be written.</summary>
    [JsonStringEnumMemberName("recordingFailed")]
    RecordingFailed = 14,
}
