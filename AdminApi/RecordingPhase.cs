using System.Text.Json.Serialization;

namespace CriAttach.AdminApi;

/// <summary>The life of a recording.</summary>
public enum RecordingPhase
{
    /// <summary>It is being written.</summary>
    [JsonStringEnumMemberName("recording")]
    Recording = 0,

    /// <summary>It ended in good order and holds all there was.</summary>
    [JsonStringEnumMemberName("complete")]
    Complete = 1,

    /// <summary>Something is missing; its reason says what.</summary>
    [JsonStringEnumMemberName("broken")]
    Broken = 2,
}
