using CriAttach.Gateway.Hosting;
using CriAttach.Testing.Cri;
using CriAttach.Testing.Upstream;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;

namespace CriAttach.Gateway.Tests.Upstream;

/// <summary>The gateway whole, in front of a runtime that the test plays. There is no silo and no membership store.</summary>
public sealed class UpstreamGateway : IAsyncLifetime
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _directory = Directory.CreateTempSubdirectory("ca-up-").FullName;
    private WebApplication _gateway = null!;
    private GrpcChannel _channel = null!;

    internal ScriptedRuntime Runtime { get; private set; } = null!;

    internal CallInvoker Calls { get; private set; } = null!;

    internal string CriSocket { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Runtime = await ScriptedRuntime.StartAsync(Path.Combine(_directory, "runtime.sock"));
        CriSocket = Path.Combine(_directory, "cri.sock");
        _gateway = GatewayApp.Create(
        [
            "--CriAttach:Cluster:Gateways:0=127.0.0.1:1",
            $"--CriAttach:Gateway:CriSocket={CriSocket}",
            "--CriAttach:Gateway:AdminSocket=",
            $"--CriAttach:Gateway:Upstream:Socket=unix://{Runtime.SocketPath}",
            .. ((string[])["Default", "Microsoft", "Microsoft.Hosting.Lifetime", "Orleans", "Polly", "Yarp"]).Select(name => $"--Logging:LogLevel:{name}=None"),
        ]);
        await _gateway.StartAsync();
        _channel = CriChannel.Open(CriSocket);
        Calls = _channel.CreateCallInvoker();
    }

    public async ValueTask DisposeAsync()
    {
        _channel.Dispose();
        await StopGatewayAsync();
        await _gateway.DisposeAsync();
        await Runtime.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    internal Task StopGatewayAsync() => _gateway.StopAsync();
}
