namespace CriAttach.Interfaces.Faults;

/// <summary>The spec of a container asks for what cannot be. gRPC: InvalidArgument; HTTP: 400.</summary>
[GenerateSerializer, Alias("criattach.InvalidContainerSpecException")]
public sealed class InvalidContainerSpecException : CriAttachException
{
    /// <summary>Makes the fault.</summary>
    /// <param name="message">A sentence that names what was wrong.</param>
    public InvalidContainerSpecException(string message)
        : base(message)
    {
    }
}
