namespace CriAttach.Interfaces.Faults;

/// <summary>The container's sessions must be recorded, and no recording can be written. gRPC: Unavailable; HTTP: 503.</summary>
[GenerateSerializer, Alias("criattach.RecordingFailedException")]
public sealed class RecordingFailedException : CriAttachException
{
    /// <summary>Makes the fault.</summary>
    /// <param name="message">A sentence that names what was wrong.</param>
    public RecordingFailedException(string message)
        : base(message)
    {
    }
}
