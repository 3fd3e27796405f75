namespace CriAttach.Testing.Processes;

/// <summary>Which processes are started, and how they are configured.</summary>
public sealed record CriAttachProcessesOptions
{
    /// <summary>How many silos; their names are <c>n1</c>, <c>n2</c>, ...</summary>
    public int Silos { get; init; } = 1;

    /// <summary>Whether the silos wait for <see cref="HostProcess.StartAsync"/>: the gateways begin without any.</summary>
    public bool SilosLater { get; init; }

    /// <summary>How many gateways; their names are <c>g1</c>, <c>g2</c>, ..., and each stands on the node of its number, as far as there are so many.</summary>
    public int Gateways { get; init; } = 1;

    /// <summary>The runtime of containers that name none: <c>process</c>, or <c>conmon</c>, which needs root.</summary>
    public string Runtime { get; init; } = "process";

    /// <summary>Where the membership is kept.</summary>
    public ClusterStorage Storage { get; init; } = ClusterStorage.Development;

    /// <summary>Whether the gateways serve the Kubernetes API: the first one over plain HTTP, the others over TLS.</summary>
    public bool Kube { get; init; }

    /// <summary>Whether the gateways serve the dashboard and the admin API over TCP.</summary>
    public bool Dashboard { get; init; }

    /// <summary>Where a silo or a gateway of a name stands in the network.</summary>
    public Func<string, HostNetwork> Network { get; init; } = _ => HostNetwork.Loopback;

    /// <summary>The wall clock of a silo or a gateway of a name; the machine's where there is none.</summary>
    public Func<string, WallClock?> Clock { get; init; } = _ => null;

    /// <summary>Whether somebody starts again what has ended: then that is waited for, and is no fault.</summary>
    public bool IsSupervised { get; init; }

    /// <summary>Further settings of every silo, such as <c>CriAttach:Sessions:TokenTtl</c>.</summary>
    public IReadOnlyDictionary<string, string> SiloSettings { get; init; } = new Dictionary<string, string>();

    /// <summary>Further settings of every gateway.</summary>
    public IReadOnlyDictionary<string, string> GatewaySettings { get; init; } = new Dictionary<string, string>();
}
