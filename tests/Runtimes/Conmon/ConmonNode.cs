using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Silo.Agent;
using CriAttach.Silo.Native;
using CriAttach.Silo.Runtimes.Conmon;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;
using Microsoft.Extensions.Logging.Abstractions;

namespace CriAttach.Runtimes.Tests.Conmon;

/// <summary>A node with the conmon runtime that can be restarted.</summary>
internal sealed class ConmonNode : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("criattach-test-").FullName;
    private readonly NodeOptions _node;
    private readonly List<IRuntimeContainer> _containers = [];
    private readonly ReadinessPoller _poller = new();
    private int _names;

    public ConmonNode(Action<ConmonOptions>? configure = null, Action<StdioLogOptions>? configureLog = null)
    {
        _node = new NodeOptions { Name = "n1", StateDirectory = Path.Combine(_directory, "state"), RunDirectory = Path.Combine(_directory, "run") };
        configure?.Invoke(Options);
        configureLog?.Invoke(LogOptions);
        Rootfs.Create(RootfsPath);
        Runtime = Make();
    }

    public string RootfsPath => Path.Combine(_directory, "rootfs");

    public string BundlePath(IRuntimeContainer container) => Path.Combine(_node.StateDirectory, "containers/conmon", container.Info.Key.ContainerId, "bundle");

    public string LogsPath(IRuntimeContainer container) => Path.Combine(_node.StateDirectory, "containers/conmon", container.Info.Key.ContainerId, "logs");

    public int ConmonPid(IRuntimeContainer container) => int.Parse(File.ReadAllText(Path.Combine(BundlePath(container), "conmon.pid")), null);

    public ConmonOptions Options { get; } = new() { CgroupParent = "/criattach-test" };

    public StdioLogOptions LogOptions { get; } = new();

    public ConmonRuntime Runtime { get; private set; }

    public async Task<IRuntimeContainer> CreateAsync(ContainerSpec spec)
    {
        var id = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        spec = spec with { Name = $"c{++_names}", Rootfs = spec.Bundle is null ? RootfsPath : null };
        var container = await Runtime.CreateAsync(ContainerKey.For(_node.Name, id), spec, TestContext.Current.CancellationToken);
        _containers.Add(container);
        return container;
    }

    public Task<IRuntimeContainer> CreateAsync(string script) => CreateAsync(new ContainerSpec { Args = ["/bin/sh", "-c", script] });

    public async Task<IRuntimeContainer> StartAsync(ContainerSpec spec)
    {
        var container = await CreateAsync(spec);
        await container.StartAsync(TestContext.Current.CancellationToken);
        return container;
    }

    public Task<IRuntimeContainer> StartAsync(string script) => StartAsync(new ContainerSpec { Args = ["/bin/sh", "-c", script] });

    /// <summary>The silo goes: it lets go of all containers.</summary>
    public async Task StopSiloAsync()
    {
        foreach (var container in _containers)
        {
            await container.DisposeAsync();
        }

        _containers.Clear();
    }

    /// <summary>A new silo comes.</summary>
    public async Task<IReadOnlyList<IRuntimeContainer>> StartSiloAsync()
    {
        Runtime = Make();
        _containers.AddRange(await Runtime.RecoverAsync(TestContext.Current.CancellationToken));
        return _containers;
    }

    /// <summary>Restarts the silo while there is one container.</summary>
    public async Task<IRuntimeContainer> RestartAsync()
    {
        await StopSiloAsync();
        return Assert.Single(await StartSiloAsync());
    }

    public void Forget(IRuntimeContainer container) => _containers.Remove(container);

    public async ValueTask DisposeAsync()
    {
        foreach (var container in _containers)
        {
            await container.StopAsync(TimeSpan.Zero, CancellationToken.None);
            await container.RemoveAsync(CancellationToken.None);
        }

        _poller.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private ConmonRuntime Make()
    {
        var node = Microsoft.Extensions.Options.Options.Create(_node);
        var options = Microsoft.Extensions.Options.Options.Create(Options);
        var runtime = new OciRuntime(options, node);
        var cgroups = new Cgroups(options, NullLogger<Cgroups>.Instance);
        var services = new ConmonServices(
            runtime,
            cgroups,
            _poller,
            options,
            Microsoft.Extensions.Options.Options.Create(LogOptions),
            Microsoft.Extensions.Options.Options.Create(new StdinOptions()),
            TimeProvider.System,
            NullLoggerFactory.Instance);
        return new ConmonRuntime(services, new ConmonLauncher(options, runtime, cgroups), node, NullLogger<ConmonRuntime>.Instance);
    }
}
