using System.Diagnostics;
using CriAttach.Interfaces.Nodes;
using CriAttach.Silo.Hosting;
using CriAttach.Testing.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CriAttach.Runtimes.Tests.WholeSilo;

/// <summary>A silo as a process of its own, and a client of it.</summary>
internal sealed class SiloProcess : IAsyncDisposable
{
    private readonly int _siloPort = LoopbackPorts.Next();
    private readonly int _gatewayPort = LoopbackPorts.Next();
    private Process? _process;
    private IHost? _client;

    public SiloProcess() => Rootfs.Create(RootfsPath);

    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("criattach-test-").FullName;

    public string RootfsPath => Path.Combine(Directory, "rootfs");

    public IGrainFactory Grains => _client!.Services.GetRequiredService<IGrainFactory>();

    public INodeGrain Node => Grains.GetGrain<INodeGrain>("n1");

    /// <summary>Starts the silo and waits until it answers.</summary>
    public async Task StartAsync()
    {
        Reaper.Watch(Directory);
        _process = Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                typeof(SiloHost).Assembly.Location,
                "--CriAttach:Node:Name=n1",
                $"--CriAttach:Node:StateDirectory={Directory}/state",
                $"--CriAttach:Node:RunDirectory={Directory}/run",
                "--CriAttach:Conmon:CgroupParent=/criattach-test",
                $"--CriAttach:Cluster:SiloPort={_siloPort}",
                $"--CriAttach:Cluster:GatewayPort={_gatewayPort}",
            ]) { RedirectStandardOutput = true })!;
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.Contains("Application started", StringComparison.Ordinal))
            {
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                _client = Host.CreateApplicationBuilder().Build(_gatewayPort);
                await _client.StartAsync(TestContext.Current.CancellationToken);
                return;
            }
        }

        throw new InvalidOperationException("the silo did not start");
    }

    /// <summary>Ends the silo as a crash does.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        await EndClientAsync();
    }

    /// <summary>Ends the silo as a service manager does.</summary>
    public async Task TerminateAsync()
    {
        await EndClientAsync();
        using var kill = Process.Start("kill", [_process!.Id.ToString(null, null)]);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, _process.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        await EndClientAsync();
        if (_process is { HasExited: false })
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private async Task EndClientAsync()
    {
        if (_client is not null)
        {
            await _client.StopAsync();
            _client.Dispose();
            _client = null;
        }
    }
}
