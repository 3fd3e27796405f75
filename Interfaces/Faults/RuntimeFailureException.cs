namespace CriAttach.Interfaces.Faults;

/// <summary>The container runtime failed; the message carries what it said. gRPC: Internal; HTTP: 500.</summary>
[GenerateSerializer, Alias("criattach.RuntimeFailureException")]
public sealed class RuntimeFailureException : CriAttachException
{
    /// <summary>Makes the fault.</summary>
    /// <param name="message">A sentence that names what was wrong.</param>
    public RuntimeFailureException(string message)
        : base(message)
    {
    }
}
