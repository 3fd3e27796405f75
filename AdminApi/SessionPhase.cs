using System.Text.Json.Serialization;

namespace CriAttach.AdminApi;

/// <summary>The life of a session.</summary>
public enum SessionPhase
{
    /// <summary>The URL is out and nobody has opened it.</summary>
    [JsonStringEnumMemberName("issued")]
    Issued = 0,

    /// <summary>One connection on one gateway owns the session.</summary>
    [JsonStringEnumMemberName("claimed")]
    Claimed = 1,

    /// <summary>Over.</summary>
    [JsonStringEnumMemberName("ended")]
    Ended = 2,

    /// <summary>Its connection broke, and its client may come back for a while.</summary>
    [JsonStringEnumMemberName("suspended")]
    Suspended = 3,
}
