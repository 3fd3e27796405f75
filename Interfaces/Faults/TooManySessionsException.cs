namespace CriAttach.Interfaces.Faults;

/// <summary>The node has as many unclaimed sessions as it may. gRPC: ResourceExhausted; HTTP: 429.</summary>
[GenerateSerializer, Alias("criattach.TooManySessionsException")]
public sealed class TooManySessionsException : CriAttachException
{
    /// <summary>Makes the fault.</summary>
    /// <param name="message">A sentence that names what was wrong.</param>
    public TooManySessionsException(string message)
        : base(message)
    {
    }
}
