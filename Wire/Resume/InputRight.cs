using System.Text.Json.Serialization;

namespace CriAttach.Wire.Resume;

/// <summary>Server to client: whether its input reaches PID 1. After the hello only where it does not, or somebody holds the input.</summary>
public sealed record InputRight : ResumeMessage
{
    /// <summary>Gets a value indicating whether it does; else it is discarded, and acknowledged all the same.</summary>
    public required bool MayType { get; init; }

    /// <summary>Gets the id of the session that alone may type; none where all peers may.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Holder { get; init; }
}
