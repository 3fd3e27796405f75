namespace CriAttach.Interfaces.Containers;

/// <summary>What a container is to be. Exactly one of <see cref="Rootfs"/> and <see cref="Bundle"/> is set, except for the Process runtime, which needs neither.</summary>
[GenerateSerializer, Immutable, Alias("criattach.ContainerSpec")]
public sealed record ContainerSpec
{
    /// <summary>Gets the runtime to use; empty for the node's default.</summary>
    [Id(0)]
    public string Runtime { get; init; } = "";

    /// <summary>Gets the container's name, unique on its node; empty for a name made from the id.</summary>
    [Id(1)]
    public string Name { get; init; } = "";

    /// <summary>Gets the absolute path of a root file system on the node.</summary>
    [Id(2)]
    public string? Rootfs { get; init; }

    /// <summary>Gets the absolute path of an OCI bundle on the node.</summary>
    [Id(3)]
    public string? Bundle { get; init; }

    /// <summary>Gets the command line of PID 1; empty to keep the bundle's own.</summary>
    [Id(4)]
    public IReadOnlyList<string> Args { get; init; } = [];

    /// <summary>Gets environment variables as <c>NAME=value</c>.</summary>
    [Id(5)]
    public IReadOnlyList<string> Env { get; init; } = [];

    /// <summary>Gets the working directory; empty for the runtime's default.</summary>
    [Id(6)]
    public string WorkingDirectory { get; init; } = "";

    /// <summary>Gets a value indicating whether PID 1 gets a terminal.</summary>
    [Id(7)]
    public bool Tty { get; init; }

    /// <summary>Gets a value indicating whether PID 1 has a standard input.</summary>
    [Id(8)]
    public bool Stdin { get; init; }

    /// <summary>Gets a value indicating whether standard input closes when the first attached client ends its own.</summary>
    [Id(9)]
    public bool StdinOnce { get; init; }

    /// <summary>Gets the namespace of the pod that the container counts as.</summary>
    [Id(10)]
    public string PodNamespace { get; init; } = "";

    /// <summary>Gets the name of the pod that the container counts as.</summary>
    [Id(11)]
    public string PodName { get; init; } = "";

    /// <summary>Gets the labels.</summary>
    [Id(12)]
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Gets the annotations.</summary>
    [Id(13)]
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>();
}
