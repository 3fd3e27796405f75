using CriAttach.Protos.Runtime.V1;
using CriAttach.Testing.Containerd;
using CriAttach.Testing.Cri;
using CriAttach.Testing.Processes;

namespace CriAttach.EndToEnd.Tests;

/// <summary>Debian's containerd, and CriAttach in front of it: whatever is asked here goes through CriAttach's socket. One container sleeps in a pod.</summary>
public sealed class ContainerdNode : IAsyncLifetime
{
    private ContainerdDaemon? _containerd;
    private CriAttachProcesses? _processes;
    private CriPod? _pod;
    private CriContainer? _container;

    internal RuntimeService.RuntimeServiceClient Runtime => _processes!.Gateways[0].Runtime;

    internal RuntimeService.RuntimeServiceClient Direct => new(_containerd!.Channel);

    internal CriPod Pod => _pod ?? throw new InvalidOperationException("The node was not started.");

    internal CriContainer Container => _container ?? throw new InvalidOperationException("The node was not started.");

    public async ValueTask InitializeAsync()
    {
        var directory = Path.Combine("/tmp", "ca-c" + Guid.NewGuid().ToString("N")[..6]);
        _containerd = await ContainerdDaemon.StartAsync(directory, new BusyboxImage());
        _processes = await CriAttachProcesses.StartAsync(new CriAttachProcessesOptions
        {
            GatewaySettings = new Dictionary<string, string> { ["CriAttach:Gateway:Upstream:Socket"] = _containerd.SocketPath },
        });
        _pod = await _containerd.Pods.RunAsync();
        _container = await _pod.StartAsync(new CriContainerSpec { Command = ["sleep", "2147483647"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_processes is not null)
        {
            await _processes.DisposeAsync();
        }

        if (_containerd is not null)
        {
            await _containerd.DisposeAsync();
        }
    }

    /// <summary>Asks for an exec's URL.</summary>
    internal async Task<Uri> ExecAsync(IEnumerable<string> command, bool stdin = true, bool tty = false, RuntimeService.RuntimeServiceClient? at = null)
    {
        ExecRequest request = new() { ContainerId = Container.Id, Cmd = { command }, Stdin = stdin, Stdout = true, Stderr = !tty, Tty = tty };
        return new Uri((await (at ?? Runtime).ExecAsync(request)).Url);
    }

    /// <summary>Asks for a port-forward's URL.</summary>
    internal async Task<Uri> PortForwardAsync() => new((await Runtime.PortForwardAsync(new PortForwardRequest { PodSandboxId = Pod.Id })).Url);
}
