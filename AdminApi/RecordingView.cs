namespace CriAttach.AdminApi;

/// <summary>A recording as it was at one moment.</summary>
public sealed record RecordingView
{
    /// <summary>Gets the node that has it.</summary>
    public required string Node { get; init; }

    /// <summary>Gets its id, unique on its node.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the id of the container.</summary>
    public required string Container { get; init; }

    /// <summary>Gets the container's name.</summary>
    public string ContainerName { get; init => field = value ?? ""; } = "";

    /// <summary>Gets the namespace of the container's pod; empty where there is none.</summary>
    public string Namespace { get; init => field = value ?? ""; } = "";

    /// <summary>Gets the name of the container's pod; empty where there is none.</summary>
    public string Pod { get; init => field = value ?? ""; } = "";

    /// <summary>Gets the state.</summary>
    public required RecordingPhase State { get; init; }

    /// <summary>Gets when it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets when it ended.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Gets how many bytes its files have.</summary>
    public long Bytes { get; init; }

    /// <summary>Gets the width that the terminal had last; none without a terminal, or where nobody set it.</summary>
    public int? Width { get; init; }

    /// <summary>Gets the height that the terminal had last.</summary>
    public int? Height { get; init; }

    /// <summary>Gets PID 1's exit status, where the recording saw its end.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Gets the ids of the sessions that were attached.</summary>
    public IReadOnlyList<string> Participants { get; init => field = value ?? []; } = [];

    /// <summary>Gets the last hash of its chain; empty while it is being written.</summary>
    public string Hash { get; init => field = value ?? ""; } = "";

    /// <summary>Gets, for a broken one, a sentence about what is missing.</summary>
    public string Reason { get; init => field = value ?? ""; } = "";
}
