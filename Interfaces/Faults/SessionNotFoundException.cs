namespace CriAttach.Interfaces.Faults;

/// <summary>There is no such session, or it is over. HTTP: 404.</summary>
[GenerateSerializer, Alias("criattach.SessionNotFoundException")]
public sealed class SessionNotFoundException : CriAttachException
{
    /// <summary>Makes the fault.</summary>
    /// <param name="message">A sentence that names what was wrong.</param>
    public SessionNotFoundException(string message)
        : base(message)
    {
    }
}
