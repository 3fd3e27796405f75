using System.Net;
using CriAttach.Gateway.Admin.Page;
using CriAttach.Gateway.Hosting;
using CriAttach.Testing.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CriAttach.Gateway.Tests.Admin;

/// <summary>The gateway whole, with its admin listeners and no cluster.</summary>
public class AdminGateway : IAsyncLifetime
{
    internal const string Token = "0123456789abcdef0123456789abcdef";

    internal const string Listed = "https://ops.example.org";

    private readonly string _directory = Directory.CreateTempSubdirectory("ca-admin-").FullName;
    private WebApplication _gateway = null!;

    /// <summary>Gets the API over its unix socket.</summary>
    internal HttpClient Local { get; private set; } = null!;

    /// <summary>Gets the API over TCP. No cookies are kept, nothing is followed.</summary>
    internal HttpClient Tcp { get; private set; } = null!;

    /// <summary>Gets the page's origin.</summary>
    internal string Origin { get; private set; } = "";

    /// <summary>Gets where the page may open terminals.</summary>
    internal IReadOnlyList<string> Streams => _gateway.Services.GetRequiredService<IStreamOrigins>().All;

    /// <summary>Gets further settings.</summary>
    protected virtual IEnumerable<string> Settings => [];

    public async ValueTask InitializeAsync()
    {
        var socket = Path.Combine(_directory, "admin.sock");
        var token = Path.Combine(_directory, "token");
        await File.WriteAllTextAsync(token, Token);
        _gateway = GatewayApp.Create(
        [
            "--CriAttach:Cluster:Gateways:0=127.0.0.1:1",
            "--CriAttach:Gateway:Name=g1",
            "--CriAttach:Gateway:CriSocket=",
            $"--CriAttach:Gateway:AdminSocket={socket}",
            "--CriAttach:Gateway:AdminAddress=127.0.0.1:0",
            $"--CriAttach:Gateway:AdminTokenFile={token}",
            $"--CriAttach:Gateway:AdminOrigins:0={Listed}",
            .. Settings,
            .. ((string[])["Default", "Microsoft", "Microsoft.Hosting.Lifetime", "Orleans", "Polly", "Yarp"]).Select(name => $"--Logging:LogLevel:{name}=None"),
        ]);
        await _gateway.StartAsync();
        Local = new HttpClient(UnixSocketHandler.For(socket)) { BaseAddress = new Uri("http://localhost") };
        Origin = ListenerUrl.Of(_gateway.Services.GetRequiredService<Listeners>().Admin);
        Tcp = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new Uri(Origin) };
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Local.Dispose();
        Tcp.Dispose();
        await _gateway.StopAsync();
        await _gateway.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
