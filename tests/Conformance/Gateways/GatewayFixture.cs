using System.Net;
using System.Net.Http.Json;
using CriAttach.AdminApi;
using CriAttach.Cluster.Tests.Nodes;
using CriAttach.Conformance.Tests.Peers;
using CriAttach.Gateway.Hosting;
using CriAttach.Grains.Hosting;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Protos.Runtime.V1;
using CriAttach.Streams;
using CriAttach.Streams.Hosting;
using CriAttach.Testing.Http;
using CriAttach.Testing.Processes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace CriAttach.Conformance.Tests.Gateways;

/// <summary>One node and one gateway, over real sockets. Only PID 1 is played by the test.</summary>
public class GatewayFixture : IAsyncLifetime
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _directory = Directory.CreateTempSubdirectory("criattach").FullName;
    private IHost _silo = null!;
    private WebApplication _gateway = null!;
    private GrpcChannel _channel = null!;

    internal const string AdminToken = "0123456789abcdef";

    internal int AdminPort { get; } = LoopbackPorts.Next();

    internal int KubePort { get; } = LoopbackPorts.Next();

    internal ScriptedNode Node { get; } = new("n1", TimeProvider.System);

    internal RuntimeService.RuntimeServiceClient Cri { get; private set; } = null!;

    internal CallInvoker Calls => _channel.CreateCallInvoker();

    internal HttpClient Admin { get; private set; } = null!;

    /// <summary>Gets further settings of the gateway.</summary>
    protected virtual IEnumerable<string> Settings => [];

    /// <summary>Adds to the node's silo.</summary>
    protected virtual void Configure(ISiloBuilder silo)
    {
    }

    public virtual async ValueTask InitializeAsync()
    {
        var (siloPort, gatewayPort) = (LoopbackPorts.Next(), LoopbackPorts.Next());
        _silo = BuildSilo(siloPort, gatewayPort);
        await _silo.StartAsync();
        var cri = Path.Combine(_directory, "cri.sock");
        var admin = Path.Combine(_directory, "admin.sock");
        var token = Path.Combine(_directory, "token");
        await File.WriteAllTextAsync(token, AdminToken + "\n");
        _gateway = GatewayApp.Create(
        [
            $"--CriAttach:Cluster:Gateways:0=127.0.0.1:{gatewayPort}",
            $"--CriAttach:Gateway:CriSocket={cri}",
            $"--CriAttach:Gateway:AdminSocket={admin}",
            $"--CriAttach:Gateway:AdminAddress=127.0.0.1:{AdminPort}",
            $"--CriAttach:Gateway:AdminTokenFile={token}",
            "--CriAttach:Gateway:AdminOrigins:0=https://ops.example.org",
            $"--CriAttach:Gateway:KubeAddress=127.0.0.1:{KubePort}",
            $"--CriAttach:Gateway:KubeTokenFile={token}",
            "--CriAttach:Gateway:KubeOrigins:0=https://ops.example.org",
            $"--Logging:LogLevel:CriAttach={Environment.GetEnvironmentVariable("CRIATTACH_TEST_LOG") ?? "Warning"}",
            "--Logging:LogLevel:Default=Warning",
            .. Settings,
        ]);
        await _gateway.StartAsync();
        _channel = GrpcChannel.ForAddress("http://localhost", new GrpcChannelOptions { HttpHandler = UnixSocketHandler.For(cri), MaxReceiveMessageSize = null });
        Cri = new RuntimeService.RuntimeServiceClient(_channel);
        Admin = new HttpClient(UnixSocketHandler.For(admin)) { BaseAddress = new Uri("http://localhost") };
        await ReadyAsync().WaitAsync(Patience);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Admin.Dispose();
        _channel.Dispose();
        await _gateway.StopAsync();
        await _gateway.DisposeAsync();
        await _silo.StopAsync();
        _silo.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>A container that runs. Its PID 1 does what the test says.</summary>
    internal ScriptedContainer Run(bool tty = false, bool stdin = true, bool stdinOnce = false) =>
        Node.Add(new ContainerSpec { Tty = tty, Stdin = stdin, StdinOnce = stdinOnce });

    /// <summary>Asks CRI for a URL.</summary>
    internal async Task<Uri> UrlAsync(ScriptedContainer container, bool stdin = true, bool stdout = true, bool stderr = true)
    {
        var tty = container.Info.Spec.Tty;
        var response = await Cri.AttachAsync(new AttachRequest
        {
            ContainerId = container.Info.Key.ContainerId,
            Stdin = stdin,
            Stdout = stdout,
            Stderr = stderr && !tty,
            Tty = tty,
        });
        return new Uri(response.Url);
    }

    /// <summary>Attaches, and takes the first message.</summary>
    internal async Task<RawWebSocket> AttachAsync(
        ScriptedContainer container, string protocol = "v4.channel.k8s.io", bool stdin = true, bool stdout = true, bool stderr = true)
    {
        var socket = await RawWebSocket.OpenAsync(await UrlAsync(container, stdin, stdout, stderr), protocol);
        Assert.Equal(HttpStatusCode.SwitchingProtocols, socket.Status);
        await socket.ReadAsync();
        return socket;
    }

    /// <summary>Waits until a container has no claimed session.</summary>
    internal async Task NoSessionAsync(ScriptedContainer container)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await Admin.GetFromJsonAsync(AdminRoutes.Sessions, AdminJson.Default.SessionList, patience.Token))!.Sessions
            .Any(session => session.Container == container.Info.Key.ContainerId && session.State == SessionPhase.Claimed))
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private async Task ReadyAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while ((await Admin.GetAsync("/readyz")).StatusCode != HttpStatusCode.OK)
        {
            await timer.WaitForNextTickAsync();
        }
    }

    private IHost BuildSilo(int siloPort, int gatewayPort)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.UseOrleans(silo =>
        {
            silo.UseDevelopmentClustering(new IPEndPoint(IPAddress.Loopback, siloPort));
            silo.ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort);
            silo.Configure<SiloOptions>(options => options.SiloName = Node.Name);
            silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("criattach", "criattach"));
            silo.Services.AddSingleton<INodeAgent>(Node);
            silo.Services.AddSingleton<IStdioEndpoints>(Node);
            silo.Services.AddSingleton<ISessionJournal>(Node);
            silo.Services.AddSingleton<IContainerLogs>(Node);
            silo.AddStdioStreams();
            silo.AddCriAttachGrains();
            Configure(silo);
        });
        return builder.Build();
    }
}
