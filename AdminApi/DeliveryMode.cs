using System.Text.Json.Serialization;

namespace CriAttach.AdminApi;

/// <summary>What happens when a client reads more slowly than PID 1 writes.</summary>
public enum DeliveryMode
{
    /// <summary>As the gateway is configured for the container's namespace.</summary>
    [JsonStringEnumMemberName("unset")]
    Unset = 0,

    /// <summary>PID 1 is slowed down, as by a terminal, as long as the client reads at a reasonable rate.</summary>
    [JsonStringEnumMemberName("throttle")]
    Throttle = 1,

    /// <summary>PID 1 never waits; what the client is too slow for is read from the container's log, or told as a gap.</summary>
    [JsonStringEnumMemberName("never-block")]
    NeverBlock = 2,
}
