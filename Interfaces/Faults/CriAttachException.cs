namespace CriAttach.Interfaces.Faults;

/// <summary>A fault that crosses grain calls and means something to the caller. Its message is fit to be shown.</summary>
[GenerateSerializer, Alias("criattach.CriAttachException")]
public abstract class CriAttachException : Exception
{
    /// <summary>Makes the fault.</summary>
    /// <param name="message">A sentence that names what was wrong.</param>
    protected CriAttachException(string message)
        : base(message)
    {
    }
}
