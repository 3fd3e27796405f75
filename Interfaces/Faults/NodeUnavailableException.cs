namespace CriAttach.Interfaces.Faults;

/// <summary>No active silo has the name of the node. gRPC: Unavailable; HTTP: 503.</summary>
[GenerateSerializer, Alias("criattach.NodeUnavailableException")]
public sealed class NodeUnavailableException : CriAttachException
{
    /// <summary>Makes the fault.</summary>
    /// <param name="message">A sentence that names what was wrong.</param>
    public NodeUnavailableException(string message)
        : base(message)
    {
    }
}
