namespace CriAttach.Silo.Native;

/// <summary>A process to be started: in a session of its own, with default signals, and with no open file but <see cref="Files"/>.</summary>
internal sealed record SpawnRequest
{
    /// <summary>Gets the absolute path of the program.</summary>
    public required string Program { get; init; }

    /// <summary>Gets the arguments behind the program's own name.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Gets the whole environment, as <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Gets the working directory; none for ours.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Gets the open files, by their number from 0. A terminal opened here becomes the controlling one.</summary>
    public required IReadOnlyList<SpawnFile> Files { get; init; }
}
