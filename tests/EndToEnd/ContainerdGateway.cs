using CriAttach.Testing.Containerd;
using CriAttach.Testing.Processes;
using CriAttach.Testing.Upstream;

namespace CriAttach.EndToEnd.Tests;

/// <summary>A gateway in front of Debian's containerd, with a tap between the two. There is no silo and no membership store.</summary>
public sealed class ContainerdGateway : IAsyncLifetime
{
    private readonly string _directory = Path.Combine("/tmp", "ca-up-" + Guid.NewGuid().ToString("N")[..6]);
    private CriAttachProcesses? _processes;

    public ContainerdDaemon Containerd { get; private set; } = null!;

    public SocketTap Tap { get; private set; } = null!;

    public GatewayProcess Gateway => _processes!.Gateways[0];

    public string LogDirectory => Path.Combine(_directory, "pods");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(LogDirectory);
        Containerd = await ContainerdDaemon.StartAsync(Path.Combine(_directory, "c"), new BusyboxImage());
        var tapped = Path.Combine(_directory, "tap.sock");
        Tap = new SocketTap(tapped, Containerd.SocketPath);
        _processes = await CriAttachProcesses.StartAsync(new CriAttachProcessesOptions
        {
            SilosLater = true,
            GatewaySettings = new Dictionary<string, string> { ["CriAttach:Gateway:Upstream:Socket"] = "unix://" + tapped },
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_processes is not null)
        {
            await _processes.DisposeAsync();
        }

        if (Tap is not null)
        {
            await Tap.DisposeAsync();
        }

        if (Containerd is not null)
        {
            await Containerd.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }
}
