using System.Text.Json.Serialization;

namespace CriAttach.AdminApi;

/// <summary>The life of a container.</summary>
public enum ContainerPhase
{
    /// <summary>Nobody can tell.</summary>
    [JsonStringEnumMemberName("unknown")]
    Unknown = 0,

    /// <summary>Made, not started.</summary>
    [JsonStringEnumMemberName("created")]
    Created = 1,

    /// <summary>PID 1 runs.</summary>
    [JsonStringEnumMemberName("running")]
    Running = 2,

    /// <summary>PID 1 has ended.</summary>
    [JsonStringEnumMemberName("exited")]
    Exited = 3,
}
