using System.Security.Cryptography;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Silo.Agent;
using CriAttach.Silo.Runtimes.Process;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CriAttach.Runtimes.Tests.ChildProcess;

/// <summary>A node with the process runtime.</summary>
internal sealed class ProcessNode : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("criattach-test-").FullName;
    private readonly List<IRuntimeContainer> _containers = [];

    public ProcessNode() => Runtime = Make();

    public ProcessRuntime Runtime { get; private set; }

    public async Task<IRuntimeContainer> CreateAsync(ContainerSpec spec)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        var container = await Runtime.CreateAsync(ContainerKey.For("n1", id), spec with { Name = id[..12] }, TestContext.Current.CancellationToken);
        _containers.Add(container);
        return container;
    }

    public async Task<IRuntimeContainer> StartAsync(ContainerSpec spec)
    {
        var container = await CreateAsync(spec);
        await container.StartAsync(TestContext.Current.CancellationToken);
        return container;
    }

    public Task<IRuntimeContainer> StartAsync(string script) => StartAsync(new ContainerSpec { Args = ["sh", "-c", script] });

    public async Task<IReadOnlyList<IRuntimeContainer>> RestartAsync()
    {
        foreach (var container in _containers)
        {
            await container.DisposeAsync();
        }

        _containers.Clear();
        Runtime = Make();
        _containers.AddRange(await Runtime.RecoverAsync(TestContext.Current.CancellationToken));
        return _containers;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var container in _containers)
        {
            await container.StopAsync(TimeSpan.Zero, CancellationToken.None);
            await container.RemoveAsync(CancellationToken.None);
        }

        Directory.Delete(_directory, recursive: true);
    }

    private ProcessRuntime Make() => new(
        new ProcessServices(Options.Create(new ProcessOptions()), Options.Create(new StdioLogOptions()), Options.Create(new StdinOptions()), TimeProvider.System, NullLoggerFactory.Instance),
        Options.Create(new NodeOptions { Name = "n1", StateDirectory = _directory, RunDirectory = _directory }),
        NullLogger<ProcessRuntime>.Instance);
}
