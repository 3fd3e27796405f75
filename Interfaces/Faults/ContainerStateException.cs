namespace CriAttach.Interfaces.Faults;

/// <summary>The container is in a state in which this cannot be done; the message names it. gRPC: FailedPrecondition; HTTP: 409.</summary>
[GenerateSerializer, Alias("criattach.ContainerStateException")]
public sealed class ContainerStateException : CriAttachException
{
    /// <summary>Makes the fault.</summary>
    /// <param name="message">A sentence that names what was wrong.</param>
    public ContainerStateException(string message)
        : base(message)
    {
    }
}
