using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Stdio;

namespace CriAttach.Interfaces.Recordings;

/// <summary>What is known of a recording without reading it.</summary>
[GenerateSerializer, Immutable, Alias("criattach.RecordingInfo")]
public sealed record RecordingInfo
{
    /// <summary>Gets its id, unique on its node.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Gets the container.</summary>
    [Id(1)]
    public required ContainerKey Container { get; init; }

    /// <summary>Gets the container's name.</summary>
    [Id(2)]
    public string ContainerName { get => field ?? ""; init; }

    /// <summary>Gets the namespace of the container's pod; empty where there is none.</summary>
    [Id(3)]
    public string PodNamespace { get => field ?? ""; init; }

    /// <summary>Gets the name of the container's pod; empty where there is none.</summary>
    [Id(4)]
    public string PodName { get => field ?? ""; init; }

    /// <summary>Gets the state.</summary>
    [Id(5)]
    public required RecordingState State { get; init; }

    /// <summary>Gets when it began.</summary>
    [Id(6)]
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Gets when it ended.</summary>
    [Id(7)]
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Gets how many bytes its files have.</summary>
    [Id(8)]
    public long Bytes { get; init; }

    /// <summary>Gets in how many files it is.</summary>
    [Id(9)]
    public int Parts { get; init; }

    /// <summary>Gets the size that the terminal had last; none without a terminal, or where nobody set it.</summary>
    [Id(10)]
    public TerminalSize? Size { get; init; }

    /// <summary>Gets PID 1's exit status, where the recording saw its end.</summary>
    [Id(11)]
    public int? ExitCode { get; init; }

    /// <summary>Gets the ids of the sessions that were attached, the first ones of very many.</summary>
    [Id(12)]
    public IReadOnlyList<string> Participants { get => field ?? []; init; }

    /// <summary>Gets the last hash of its chain, in hexadecimal; empty while it is being written.</summary>
    [Id(13)]
    public string Hash { get => field ?? ""; init; }

    /// <summary>Gets, for a <see cref="RecordingState.Broken"/> one, a sentence about what is missing.</summary>
    [Id(14)]
    public string Reason { get => field ?? ""; init; }
}
