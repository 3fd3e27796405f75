using CriAttach.Protos.Runtime.V1;
using CriAttach.Testing.Admin;
using CriAttach.Testing.Cri;
using CriAttach.Testing.Dashboard;
using CriAttach.Testing.Kube;
using Grpc.Net.Client;

namespace CriAttach.Testing.Processes;

/// <summary>A gateway, and the ways to talk to it.</summary>
public sealed class GatewayProcess : IAsyncDisposable
{
    private readonly GrpcChannel _channel;
    private readonly KubeServer? _kube;
    private readonly DashboardServer? _dashboard;

    internal GatewayProcess(HostProcess host, string criSocket, string adminSocket, string streamAuthority, KubeServer? kube, DashboardServer? dashboard)
    {
        Host = host;
        CriSocket = criSocket;
        StreamAuthority = streamAuthority;
        _kube = kube;
        _dashboard = dashboard;
        Admin = new AdminClient(adminSocket);
        AdminSocket = adminSocket;
        _channel = CriChannel.Open(criSocket);
        Runtime = new RuntimeService.RuntimeServiceClient(_channel);
    }

    /// <summary>The process.</summary>
    public HostProcess Host { get; }

    /// <summary>The path of its CRI socket.</summary>
    public string CriSocket { get; }

    /// <summary>The path of its admin socket.</summary>
    public string AdminSocket { get; }

    /// <summary>The address and port where it serves streams.</summary>
    public string StreamAuthority { get; }

    /// <summary>Its Kubernetes API.</summary>
    public KubeServer Kube => _kube ?? throw new InvalidOperationException($"{Host.Name} was started without the Kubernetes API.");

    /// <summary>Its dashboard.</summary>
    public DashboardServer Dashboard => _dashboard ?? throw new InvalidOperationException($"{Host.Name} was started without the dashboard.");

    /// <summary>Its admin API.</summary>
    public AdminClient Admin { get; }

    /// <summary>Its CRI endpoint.</summary>
    public RuntimeService.RuntimeServiceClient Runtime { get; }

    /// <summary>Asks the CRI for a URL, as a kubelet does.</summary>
    /// <exception cref="Grpc.Core.RpcException">The gateway refused.</exception>
    public async Task<Uri> AttachAsync(string containerId, bool stdin = true, bool stdout = true, bool stderr = true, bool tty = false)
    {
        AttachRequest request = new() { ContainerId = containerId, Stdin = stdin, Stdout = stdout, Stderr = stderr && !tty, Tty = tty };
        var response = await Runtime.AttachAsync(request).ConfigureAwait(false);
        return new Uri(response.Url, UriKind.Absolute);
    }

    /// <summary>The same URL at this gateway, whichever issued it: a token works at any of them.</summary>
    public Uri Here(Uri issuedAnywhere) => new($"http://{StreamAuthority}{issuedAnywhere.PathAndQuery}");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        _channel.Dispose();
        await Host.DisposeAsync().ConfigureAwait(false);
    }
}
