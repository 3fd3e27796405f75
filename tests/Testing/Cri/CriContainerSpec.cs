namespace CriAttach.Testing.Cri;

/// <summary>What a test says about the container that it wants.</summary>
public sealed record CriContainerSpec
{
    /// <summary>The program and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The container's name in its pod; a fresh one when absent.</summary>
    public string? Name { get; init; }

    /// <summary>Whether PID 1 has a stdin that can be attached to.</summary>
    public bool Stdin { get; init; }

    /// <summary>Whether the end of the first session that writes closes PID 1's stdin.</summary>
    public bool StdinOnce { get; init; }

    /// <summary>Whether PID 1's stdio is a terminal.</summary>
    public bool Tty { get; init; }
}
