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

    /// <summary>Gets what the client may do beside others. An observer's delivery is <see cref="DeliveryMode.NeverBlock"/> unless it is set.</summary>
    public SessionRole Role { get; init; }

    /// <summary>Gets the name by which others see the client, at most 64 characters; none for what it says of itself when it comes.</summary>
    public string? Client { get; init; }
}
