namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <summary>What is asked of the runtime's Attach, and so which streams a dialect opens.</summary>
/// <param name="Stdin">Whether standard input is: the container has one, and it is still open.</param>
/// <param name="Tty">Whether the container has a terminal: then there is no standard error, and sizes can be set.</param>
internal readonly record struct UpstreamStreams(bool Stdin, bool Tty)
{
    /// <summary>Gets a value indicating whether standard output is asked for.</summary>
    public bool Stdout { get; init; } = true;

    /// <summary>Gets a value indicating whether standard error is.</summary>
    public bool Stderr { get; init; } = !Tty;
}
