using CriAttach.Protos.Runtime.V1;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Containerd;
using CriAttach.Testing.Cri;
using CriAttach.Wire.Channels;

namespace CriAttach.Testing.Processes;

/// <summary>Debian's containerd, with silos and gateways beside it whose containers are those of containerd. Needs root.</summary>
public sealed class UpstreamNode : IAsyncDisposable
{
    /// <summary>The file of random bytes in every container.</summary>
    public const string RandomFile = "/random";

    /// <summary>Its length, and the seed of its content.</summary>
    public const int RandomLength = 300_000;

    private UpstreamNode(ContainerdDaemon containerd, CriAttachProcesses processes, CriPod pod) => (Containerd, Processes, Pod) = (containerd, processes, pod);

    /// <summary>The runtime.</summary>
    public ContainerdDaemon Containerd { get; }

    /// <summary>The silo and the gateway.</summary>
    public CriAttachProcesses Processes { get; }

    /// <summary>A pod for the containers.</summary>
    public CriPod Pod { get; }

    /// <summary>The gateway.</summary>
    public GatewayProcess Gateway => Processes.Gateways[0];

    /// <summary>The runtime's own CRI.</summary>
    public RuntimeService.RuntimeServiceClient Runtime => new(Containerd.Channel);

    /// <summary>Starts them.</summary>
    /// <param name="stallTimeout">After how long a client that does not read loses its right to slow PID 1 down; as by default where not given.</param>
    public static async Task<UpstreamNode> StartAsync(TimeSpan? stallTimeout = null)
    {
        var directory = Path.Combine("/tmp", "ca-u" + Guid.NewGuid().ToString("N")[..6]);
        var containerd = await ContainerdDaemon.StartAsync(directory, new BusyboxImage(new Dictionary<string, byte[]> { [RandomFile] = RandomBytes() })).ConfigureAwait(false);
        try
        {
            Dictionary<string, string> silo = new() { ["CriAttach:CriUpstream:Socket"] = containerd.SocketPath };
            Dictionary<string, string> gateway = [];
            if (stallTimeout is { } stall)
            {
                silo["CriAttach:Stdio:StallTimeout"] = gateway["CriAttach:Gateway:StallTimeout"] = stall.ToString();
            }

            var processes = await CriAttachProcesses.StartAsync(new CriAttachProcessesOptions { SiloSettings = silo, GatewaySettings = gateway }).ConfigureAwait(false);
            return new UpstreamNode(containerd, processes, await containerd.Pods.RunAsync().ConfigureAwait(false));
        }
        catch
        {
            await containerd.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The content of <see cref="RandomFile"/>.</summary>
    public static byte[] RandomBytes()
    {
        var random = new byte[RandomLength];
        new RandomContent(RandomLength).Fill(0, random);
        return random;
    }

    /// <summary>Starts a container in containerd.</summary>
    public Task<CriContainer> ShellAsync(string script, bool stdin = true, bool stdinOnce = false, bool tty = false) =>
        Pod.StartAsync(new CriContainerSpec { Command = ["sh", "-c", script], Stdin = stdin, StdinOnce = stdinOnce, Tty = tty });

    /// <summary>Attaches by way of the gateway.</summary>
    public async Task<AttachClient> AttachAsync(CriContainer container, bool stdin = true, bool tty = false, AttachClientOptions? options = null)
    {
        var url = await Gateway.AttachAsync(container.Id, stdin, stdout: true, stderr: !tty, tty).ConfigureAwait(false);
        return await AttachClient.OpenAsync(Gateway.Here(url), StreamProtocol.V5, options).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Processes.DisposeAsync().ConfigureAwait(false);
        await Containerd.DisposeAsync().ConfigureAwait(false);
    }
}
