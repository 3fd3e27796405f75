namespace CriAttach.Streams.Input;

/// <summary>PID 1's standard input is closed, or it never had one. Input that is sent all the same is thrown away.</summary>
public sealed class InputClosedException : Exception
{
    /// <summary>Makes the exception.</summary>
    public InputClosedException()
        : base("the container's standard input is closed")
    {
    }
}
