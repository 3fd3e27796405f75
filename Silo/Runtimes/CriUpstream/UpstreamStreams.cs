namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <summary>What is asked of the runtime's Attach, and so which streams a dialect opens. Output is always asked for.</summary>
/// <param name="Stdin">Whether the container has a standard input that is still open.</param>
/// <param name="Tty">Whether it has a terminal: then there is no standard error, and sizes can be set.</param>
internal readonly record struct UpstreamStreams(bool Stdin, bool Tty);
