using CriAttach.Interfaces.Recordings;

namespace CriAttach.Silo.Recordings;

/// <summary>What is kept of a recording beside its parts.</summary>
internal sealed record RecordingRecord
{
    /// <summary>Gets what anyone may see of it.</summary>
    public required RecordingInfo Info { get; init; }

    /// <summary>Gets the epoch of the output.</summary>
    public required long Epoch { get; init; }

    /// <summary>Gets the output offset behind the last byte that was recorded.</summary>
    public required long Offset { get; init; }
}
