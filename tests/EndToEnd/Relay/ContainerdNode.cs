using CriAttach.Protos.Runtime.V1;
using CriAttach.Testing.Cri;

namespace CriAttach.EndToEnd.Tests.Relay;

/// <summary>A pod of containerd in which one container sleeps. Whatever is asked here goes through the gateway's socket; there is no cluster.</summary>
public sealed class ContainerdNode : IAsyncLifetime
{
    private readonly ContainerdGateway _gateway = new();
    private CriPod? _pod;
    private CriContainer? _container;

    internal RuntimeService.RuntimeServiceClient Runtime => _gateway.Gateway.Runtime;

    internal RuntimeService.RuntimeServiceClient Direct => new(_gateway.Containerd.Channel);

    internal CriPod Pod => _pod ?? throw new InvalidOperationException("The node was not started.");

    internal CriContainer Container => _container ?? throw new InvalidOperationException("The node was not started.");

    public async ValueTask InitializeAsync()
    {
        await _gateway.InitializeAsync();
        _pod = await _gateway.Containerd.Pods.RunAsync();
        _container = await _pod.StartAsync(new CriContainerSpec { Command = ["sleep", "2147483647"] });
    }

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    /// <summary>Asks for an exec's URL.</summary>
    internal async Task<Uri> ExecAsync(IEnumerable<string> command, bool stdin = true, bool tty = false, RuntimeService.RuntimeServiceClient? at = null)
    {
        ExecRequest request = new() { ContainerId = Container.Id, Cmd = { command }, Stdin = stdin, Stdout = true, Stderr = !tty, Tty = tty };
        return new Uri((await (at ?? Runtime).ExecAsync(request)).Url);
    }

    /// <summary>Asks for a port-forward's URL.</summary>
    internal async Task<Uri> PortForwardAsync() => new((await Runtime.PortForwardAsync(new PortForwardRequest { PodSandboxId = Pod.Id })).Url);
}
