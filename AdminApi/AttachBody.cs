namespace CriAttach.AdminApi;

/// <summary>Which streams a client wants, and from where on.</summary>
public sealed record AttachBody
{
    /// <summary>Gets a value indicating whether the client sends input.</summary>
    public bool Stdin { get; init; }

    /// <summary>Gets a value indicating whether the client wants standard output.</summary>
    public bool Stdout { get; init; }

    /// <summary>Gets a value indicating whether the client wants standard error; not with <see cref="Tty"/>.</summary>
    public bool Stderr { get; init; }

    /// <summary>Gets a value indicating whether the client expects a terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Gets which earlier output the session begins with.</summary>
    public ReplayMode Replay { get; init; }

    /// <summary>Gets, for <see cref="ReplayMode.Tail"/>, how many bytes.</summary>
    public long ReplayBytes { get; init; }

    /// <summary>Gets a value indicating whether the final status tells PID 1's exit code, as <c>NonZeroExitCode</c>.</summary>
    public bool ExitStatus { get; init; }

    /// <summary>Gets what happens when the client reads more slowly than PID 1 writes.</summary>
    public DeliveryMode Delivery { get; init; }
}
