namespace CriAttach.Interfaces.Faults;

/// <summary>There is no such recording, or not any more. gRPC: NotFound; HTTP: 404.</summary>
[GenerateSerializer, Alias("criattach.RecordingNotFoundException")]
public sealed class RecordingNotFoundException : CriAttachException
{
    /// <summary>Makes the fault.</summary>
    /// <param name="message">A sentence that names what was wrong.</param>
    public RecordingNotFoundException(string message)
        : base(message)
    {
    }
}
