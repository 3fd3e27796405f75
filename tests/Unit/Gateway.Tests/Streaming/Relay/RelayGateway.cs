using CriAttach.Gateway.Hosting;
using CriAttach.Gateway.Streaming;
using CriAttach.Gateway.Streaming.Relay;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CriAttach.Gateway.Tests.Streaming.Relay;

/// <summary>The gateway whole, without silo and membership store. The test says what its URLs stand for.</summary>
public sealed class RelayGateway : IAsyncLifetime
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _directory = Directory.CreateTempSubdirectory("ca-relay-").FullName;
    private WebApplication _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = GatewayApp.Create(
        [
            "--CriAttach:Cluster:Gateways:0=127.0.0.1:1",
            $"--CriAttach:Gateway:CriSocket={Path.Combine(_directory, "cri.sock")}",
            "--CriAttach:Gateway:AdminSocket=",
            "--CriAttach:Gateway:StreamAddress=127.0.0.1:0",
            .. ((string[])["Default", "Microsoft", "Microsoft.Hosting.Lifetime", "Orleans", "Polly", "Yarp"]).Select(name => $"--Logging:LogLevel:{name}=None"),
        ]);
        await _gateway.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _gateway.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    internal Task StopAsync() => _gateway.StopAsync();

    internal Uri Exec(Uri upstream, bool tty = false) =>
        new(Urls.ForExec(new ExecStreams(tty, Stdin: true, Stdout: true, Stderr: !tty), upstream, UrlProfile.Kubelet));

    internal Uri PortForward(Uri upstream) => new(Urls.ForPortForward(upstream, UrlProfile.Kubelet));

    private IRelayUrls Urls => _gateway.Services.GetRequiredService<IRelayUrls>();
}
