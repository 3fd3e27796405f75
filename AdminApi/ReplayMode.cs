using System.Text.Json.Serialization;

namespace CriAttach.AdminApi;

/// <summary>Which earlier output a session begins with.</summary>
public enum ReplayMode
{
    /// <summary>What PID 1 wrote before anyone was attached goes to the first who attaches; later ones start live.</summary>
    [JsonStringEnumMemberName("unseen")]
    Unseen = 0,

    /// <summary>Nothing: the session starts live.</summary>
    [JsonStringEnumMemberName("none")]
    None = 1,

    /// <summary>The newest <see cref="AttachBody.ReplayBytes"/> bytes.</summary>
    [JsonStringEnumMemberName("tail")]
    Tail = 2,

    /// <summary>Everything that is kept.</summary>
    [JsonStringEnumMemberName("all")]
    All = 3,
}
