namespace CriAttach.AdminApi;

/// <summary>A container as it was at one moment.</summary>
public sealed record ContainerView
{
    /// <summary>Gets the node that runs it.</summary>
    public required string Node { get; init; }

    /// <summary>Gets its id, unique in the cluster.</summary>
    public required string Id { get; init; }

    /// <summary>Gets its name, unique on its node.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the runtime that holds it: <c>conmon</c>, <c>process</c>, ...</summary>
    public required string Runtime { get; init; }

    /// <summary>Gets its state.</summary>
    public required ContainerPhase State { get; init; }

    /// <summary>Gets when it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Gets when PID 1 was started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Gets when PID 1 ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Gets PID 1's exit status: 0 to 255, 128 + the signal's number where a signal ended it.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Gets a word for why it is in its state.</summary>
    public string Reason { get; init => field = value ?? ""; } = "";

    /// <summary>Gets a sentence for people about its state.</summary>
    public string Message { get; init => field = value ?? ""; } = "";

    /// <summary>Gets a value indicating whether PID 1 has a terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Gets a value indicating whether PID 1 has a standard input.</summary>
    public bool Stdin { get; init; }

    /// <summary>Gets a value indicating whether standard input closes when the first attached client ends its own.</summary>
    public bool StdinOnce { get; init; }

    /// <summary>Gets PID 1's command line; empty when it is the bundle's own.</summary>
    public IReadOnlyList<string> Args { get; init => field = value ?? []; } = [];

    /// <summary>Gets the namespace of the pod that it counts as.</summary>
    public string Namespace { get; init => field = value ?? ""; } = "";

    /// <summary>Gets the name of the pod that it counts as.</summary>
    public string Pod { get; init => field = value ?? ""; } = "";

    /// <summary>Gets its labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>Gets the path of its CRI log on the node.</summary>
    public string LogPath { get; init => field = value ?? ""; } = "";

    /// <summary>Gets PID 1's process id on the node; 0 when it does not run.</summary>
    public int Pid { get; init; }

    /// <summary>Gets a value indicating whether CriAttach made it, so that start, stop and remove work; those of another runtime are its own affair.</summary>
    public bool Owned { get; init; }

    /// <summary>Gets the id of the session that alone may type; empty where all peers may.</summary>
    public string InputHolder { get; init => field = value ?? ""; } = "";

    /// <summary>Gets a value indicating whether what it shows its clients is being recorded.</summary>
    public bool Recording { get; init; }
}
