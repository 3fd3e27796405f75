namespace CriAttach.Interfaces.Recordings;

/// <summary>The life of a recording.</summary>
[GenerateSerializer, Alias("criattach.RecordingState")]
public enum RecordingState : byte
{
    /// <summary>It is being written.</summary>
    Recording = 0,

    /// <summary>It ended in good order and holds all there was.</summary>
    Complete = 1,

    /// <summary>Something is missing: the silo ended in its midst, it could not be written, or output was gone before it was read. Its reason says what.</summary>
    Broken = 2,
}
