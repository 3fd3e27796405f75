namespace CriAttach.Interfaces.Containers;

/// <summary>A container as it was at one moment.</summary>
[GenerateSerializer, Immutable, Alias("criattach.ContainerInfo")]
public sealed record ContainerInfo
{
    /// <summary>Gets the node and the id.</summary>
    [Id(0)]
    public required ContainerKey Key { get; init; }

    /// <summary>Gets what it was made to be.</summary>
    [Id(1)]
    public required ContainerSpec Spec { get; init; }

    /// <summary>Gets the state.</summary>
    [Id(2)]
    public required ContainerState State { get; init; }

    /// <summary>Gets when it was made.</summary>
    [Id(3)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when PID 1 was started.</summary>
    [Id(4)]
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Gets when PID 1 ended.</summary>
    [Id(5)]
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Gets PID 1's exit status: 0 to 255, 128 + the signal's number where a signal ended it.</summary>
    [Id(6)]
    public int? ExitCode { get; init; }

    /// <summary>Gets a word for why the container is in its state.</summary>
    [Id(7)]
    public string Reason { get; init; } = "";

    /// <summary>Gets a sentence for people about the state.</summary>
    [Id(8)]
    public string Message { get; init; } = "";

    /// <summary>Gets the path of the CRI log on the node.</summary>
    [Id(9)]
    public string LogPath { get; init; } = "";

    /// <summary>Gets PID 1's process id on the node; 0 when it does not run.</summary>
    [Id(10)]
    public int Pid { get; init; }

    /// <summary>Gets the id of the session that alone may type; empty where all peers may.</summary>
    [Id(11)]
    public string InputHolder { get => field ?? ""; init; } = "";

    /// <summary>Gets a value indicating whether what it shows its clients is being recorded.</summary>
    [Id(13)]
    public bool Recording { get; init; }
}
