namespace CriAttach.Gateway.Streaming.Relay;

/// <summary>The streams of an exec, as its CRI request asked for them.</summary>
/// <param name="Tty">Whether the command has a terminal.</param>
/// <param name="Stdin">Whether the client sends input.</param>
/// <param name="Stdout">Whether it gets standard output.</param>
/// <param name="Stderr">Whether it gets standard error.</param>
internal sealed record ExecStreams(bool Tty, bool Stdin, bool Stdout, bool Stderr);
