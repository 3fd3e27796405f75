using CriAttach.Testing.Processes;

namespace CriAttach.EndToEnd.Tests;

/// <summary>Two silos and two gateways whose containers are held by conmon and runc. Without root, or without one of them, every test fails.</summary>
public sealed class ConmonCluster : IAsyncLifetime
{
    private CriAttachProcesses? _processes;

    public CriAttachProcesses Processes => _processes ?? throw new InvalidOperationException("The cluster was not started.");

    public async ValueTask InitializeAsync() =>
        _processes = await CriAttachProcesses.StartAsync(new CriAttachProcessesOptions { Silos = 2, Gateways = 2, Runtime = "conmon" });

    public ValueTask DisposeAsync() => _processes?.DisposeAsync() ?? ValueTask.CompletedTask;
}
