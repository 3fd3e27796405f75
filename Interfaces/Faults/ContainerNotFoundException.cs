namespace CriAttach.Interfaces.Faults;

/// <summary>The container is unknown. gRPC: NotFound; HTTP: 404.</summary>
[GenerateSerializer, Alias("criattach.ContainerNotFoundException")]
public sealed class ContainerNotFoundException : CriAttachException
{
    /// <summary>Makes the fault.</summary>
    /// <param name="message">A sentence that names what was wrong.</param>
    public ContainerNotFoundException(string message)
        : base(message)
    {
    }
}
