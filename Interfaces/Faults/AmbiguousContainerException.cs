namespace CriAttach.Interfaces.Faults;

/// <summary>The reference names more than one container. gRPC: InvalidArgument; HTTP: 409.</summary>
[GenerateSerializer, Alias("criattach.AmbiguousContainerException")]
public sealed class AmbiguousContainerException : CriAttachException
{
    /// <summary>Makes the fault.</summary>
    /// <param name="message">A sentence that names what was wrong.</param>
    public AmbiguousContainerException(string message)
        : base(message)
    {
    }
}
