namespace CriAttach.AdminApi;

/// <summary>What a container is to be. At most one of <see cref="Rootfs"/> and <see cref="Bundle"/> is set; the process runtime needs neither.</summary>
public sealed record CreateContainerBody
{
    /// <summary>Gets the node that is to run it; null for one that the gateway chooses.</summary>
    public string? Node { get; init; }

    /// <summary>Gets the runtime; null for the node's default.</summary>
    public string? Runtime { get; init; }

    /// <summary>Gets the name, unique on its node; null for one made from the id.</summary>
    public string? Name { get; init; }

    /// <summary>Gets the absolute path of a root file system on the node.</summary>
    public string? Rootfs { get; init; }

    /// <summary>Gets the absolute path of an OCI bundle on the node.</summary>
    public string? Bundle { get; init; }

    /// <summary>Gets PID 1's command line; empty to keep the bundle's own.</summary>
    public IReadOnlyList<string> Args { get; init => field = value ?? []; } = [];

    /// <summary>Gets environment variables as <c>NAME=value</c>.</summary>
    public IReadOnlyList<string> Env { get; init => field = value ?? []; } = [];

    /// <summary>Gets the working directory; null for the runtime's default.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Gets a value indicating whether PID 1 gets a terminal.</summary>
    public bool Tty { get; init; }

    /// <summary>Gets a value indicating whether PID 1 gets a standard input.</summary>
    public bool Stdin { get; init; }

    /// <summary>Gets a value indicating whether standard input closes when the first attached client ends its own.</summary>
    public bool StdinOnce { get; init; }

    /// <summary>Gets a value indicating whether PID 1 waits for a call to <see cref="AdminRoutes.Start"/>: a client attaches first and misses nothing.</summary>
    public bool StartLater { get; init; }

    /// <summary>Gets the namespace of the pod that it counts as.</summary>
    public string? Namespace { get; init; }

    /// <summary>Gets the name of the pod that it counts as.</summary>
    public string? Pod { get; init; }

    /// <summary>Gets labels.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();

    /// <summary>Gets annotations.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init => field = value ?? new Dictionary<string, string>(); } = new Dictionary<string, string>();
}
