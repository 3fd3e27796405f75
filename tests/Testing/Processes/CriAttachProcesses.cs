using System.Globalization;
using CriAttach.Testing.Admin;
using CriAttach.Testing.Dashboard;
using CriAttach.Testing.Kube;

namespace CriAttach.Testing.Processes;

/// <summary>
/// Silos and gateways as they are built, each a process of its own, on loopback ports and in a directory that is theirs.
/// Disposing it ends them, and every container that they left.
/// </summary>
public sealed partial class CriAttachProcesses : IAsyncDisposable
{
    /// <summary>The environment variable of a directory to which the logs are copied in the end.</summary>
    public const string KeepVariable = "CRIATTACH_TEST_LOGS";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly CriAttachProcessesOptions _options;
    private readonly string _clusterId;
    private readonly KubeAccess? _kube;

    private CriAttachProcesses(CriAttachProcessesOptions options)
    {
        _options = options;

        // Unix sockets below it have paths of at most 107 bytes, and conmon's are long by themselves.
        _clusterId = "ca-" + Guid.NewGuid().ToString("N")[..6];
        Directory = Path.Combine("/tmp", _clusterId);
        System.IO.Directory.CreateDirectory(Directory);
        Reaper.Watch(Directory);
        _kube = options.Kube ? new KubeAccess(Directory) : null;
        var ports = Enumerable.Range(0, options.Silos).Select(_ => (Silo: LoopbackPorts.Next(), Gateway: LoopbackPorts.Next())).ToArray();
        Silos = [.. Enumerable.Range(1, options.Silos).Select(number => Silo(number, ports[0].Silo, ports[number - 1]))];
        string[] streams = [.. Enumerable.Range(1, options.Gateways).Select(number => $"{options.Network("g" + Text(number)).Address}:{Text(LoopbackPorts.Next())}")];
        Gateways = [.. Enumerable.Range(1, options.Gateways).Select(number => Gateway(number, ports.Select(port => port.Gateway), streams))];
    }

    /// <summary>The directory of all files and sockets.</summary>
    public string Directory { get; }

    /// <summary>The silos: <c>n1</c> is the first.</summary>
    public IReadOnlyList<HostProcess> Silos { get; }

    /// <summary>The gateways: <c>g1</c> is the first.</summary>
    public IReadOnlyList<GatewayProcess> Gateways { get; }

    /// <summary>The silos, then the gateways.</summary>
    public IEnumerable<HostProcess> Hosts => [.. Silos, .. Gateways.Select(gateway => gateway.Host)];

    /// <summary>The admin API of the first gateway.</summary>
    public AdminClient Admin => Gateways[0].Admin;

    /// <summary>Starts them and waits until every gateway knows every node.</summary>
    /// <exception cref="InvalidOperationException">One of them ended, or did not get there; the message holds the ends of all logs.</exception>
    public static async Task<CriAttachProcesses> StartAsync(CriAttachProcessesOptions? options = null)
    {
        CriAttachProcesses processes = new(options ?? new CriAttachProcessesOptions());
        try
        {
            foreach (var host in processes.Hosts.Skip(processes._options.SilosLater ? processes.Silos.Count : 0))
            {
                await host.StartAsync().ConfigureAwait(false);
            }

            await processes.ReadyAsync().ConfigureAwait(false);
            return processes;
        }
        catch
        {
            await processes.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Waits until every running gateway reaches every running node, and no other.</summary>
    /// <exception cref="InvalidOperationException">One of them ended, or did not get there; the message holds the ends of all logs.</exception>
    public async Task ReadyAsync()
    {
        var expected = Silos.Where(silo => silo.IsRunning || _options.IsSupervised).ToArray();
        var gateways = Gateways.Where(gateway => gateway.Host.IsRunning || _options.IsSupervised).ToArray();
        try
        {
            foreach (var gateway in gateways)
            {
                await Until.TrueAsync(
                    token => KnowsAsync(gateway, expected, token), Patience, $"{gateway.Host.Name} knows {expected.Length} nodes").ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is TimeoutException or InvalidOperationException)
        {
            throw new InvalidOperationException($"{fault.Message}\n{LogTails()}", fault);
        }
    }

    /// <summary>Starts a silo that was ended, and waits until all gateways know it again.</summary>
    public async Task RestartAsync(HostProcess host)
    {
        await host.StartAsync().ConfigureAwait(false);
        await ReadyAsync().ConfigureAwait(false);
    }

    /// <summary>The ends of all logs, for a message.</summary>
    public string LogTails() => string.Join('\n', Hosts.Select(host => host.LogTail()));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await RemoveContainersAsync().ConfigureAwait(false);
        foreach (var gateway in Gateways)
        {
            await gateway.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var silo in Silos)
        {
            await silo.DisposeAsync().ConfigureAwait(false);
        }

        await EndLeftoversAsync().ConfigureAwait(false);
        _rootfsLock.Dispose();
        if (Environment.GetEnvironmentVariable(KeepVariable) is { Length: > 0 } keep)
        {
            System.IO.Directory.CreateDirectory(keep);
            foreach (var log in System.IO.Directory.EnumerateFiles(Directory, "*.log"))
            {
                File.Copy(log, Path.Combine(keep, $"{_clusterId}-{Path.GetFileName(log)}"));
            }
        }

        await RemoveDirectoryAsync().ConfigureAwait(false);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async ValueTask<bool> KnowsAsync(GatewayProcess gateway, HostProcess[] expected, CancellationToken cancellationToken)
    {
        if (expected.Append(gateway.Host).FirstOrDefault(host => !host.IsRunning) is { } ended)
        {
            return _options.IsSupervised ? false : throw new InvalidOperationException($"{ended.Name} has ended.");
        }

        try
        {
            if (expected.Length == 0)
            {
                using var response = await gateway.Admin.Http.GetAsync(new Uri("/healthz", UriKind.Relative), cancellationToken).ConfigureAwait(false);
                return response.IsSuccessStatusCode;
            }

            var list = await gateway.Admin.NodesAsync(cancellationToken).ConfigureAwait(false);
            return list.UnreachableNodes.Count == 0
                && list.Nodes.Select(node => node.Name).Order(StringComparer.Ordinal).SequenceEqual(expected.Select(silo => silo.Name).Order(StringComparer.Ordinal));
        }
        catch (Exception fault) when (fault is HttpRequestException or AdminException)
        {
            return false;
        }
    }

    private HostProcess Silo(int number, int primaryPort, (int Silo, int Gateway) ports)
    {
        var name = "n" + Text(number);
        Dictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["CriAttach:Cluster:Provider"] = _options.Storage.Provider,
            ["CriAttach:Cluster:ConnectionString"] = _options.Storage.ConnectionString,
            ["CriAttach:Cluster:ClusterId"] = _clusterId,
            ["CriAttach:Cluster:ServiceId"] = _clusterId,
            ["CriAttach:Cluster:AdvertisedAddress"] = _options.Network(name).Address,
            ["CriAttach:Cluster:SiloPort"] = Text(ports.Silo),
            ["CriAttach:Cluster:GatewayPort"] = Text(ports.Gateway),
            ["CriAttach:Node:Name"] = name,
            ["CriAttach:Node:StateDirectory"] = Path.Combine(Directory, name + "s"),
            ["CriAttach:Node:RunDirectory"] = Path.Combine(Directory, name + "r"),
            ["CriAttach:Node:DefaultRuntime"] = _options.Runtime,
        };
        if (_options.Storage == ClusterStorage.Development)
        {
            settings["CriAttach:Cluster:PrimarySilo"] = "127.0.0.1:" + Text(primaryPort);
        }

        return new HostProcess("Silo", name, Directory, Merge(settings, _options.SiloSettings), Mark, _options.Network(name).Namespace, _options.Clock(name));
    }

    private GatewayProcess Gateway(int number, IEnumerable<int> gatewayPorts, string[] streams)
    {
        var name = "g" + Text(number);
        var stream = streams[number - 1];
        var cri = Path.Combine(Directory, name + ".cri");
        var admin = Path.Combine(Directory, name + ".admin");
        Dictionary<string, string> settings = new(StringComparer.Ordinal)
        {
            ["CriAttach:Cluster:Provider"] = _options.Storage.Provider,
            ["CriAttach:Cluster:ConnectionString"] = _options.Storage.ConnectionString,
            ["CriAttach:Cluster:ClusterId"] = _clusterId,
            ["CriAttach:Cluster:ServiceId"] = _clusterId,
            ["CriAttach:Gateway:Name"] = name,
            ["CriAttach:Gateway:CriSocket"] = cri,
            ["CriAttach:Gateway:AdminSocket"] = admin,
            ["CriAttach:Gateway:StreamAddress"] = stream,
        };
        foreach (var (index, one) in streams.Index())
        {
            settings["CriAttach:Gateway:ResumeBaseUrls:" + Text(index)] = "http://" + one;
        }

        if (number <= _options.Silos)
        {
            settings["CriAttach:Gateway:Node"] = "n" + Text(number);
        }

        if (_options.Storage == ClusterStorage.Development)
        {
            foreach (var (index, port) in gatewayPorts.Index())
            {
                settings["CriAttach:Cluster:Gateways:" + Text(index)] = "127.0.0.1:" + Text(port);
            }
        }

        var kube = _kube?.Serve(name, settings, isTls: number > 1);
        var dashboard = _options.Dashboard ? DashboardServer.Serve(Directory, settings) : null;
        var host = new HostProcess("Gateway", name, Directory, Merge(settings, _options.GatewaySettings), Mark, _options.Network(name).Namespace, _options.Clock(name));
        return new GatewayProcess(host, cri, admin, stream, kube, dashboard);
    }

    private static Dictionary<string, string> Merge(Dictionary<string, string> settings, IReadOnlyDictionary<string, string> more)
    {
        // Logs are read by people when a test fails.
        settings["Logging:LogLevel:Polly"] = "Warning";
        settings["Logging:LogLevel:Orleans"] = "Warning";
        foreach (var (key, value) in more)
        {
            settings[key] = value;
        }

        return settings;
    }
}
