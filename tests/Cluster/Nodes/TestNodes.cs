using CriAttach.Grains.Hosting;
using CriAttach.Grains.Ports;
using CriAttach.Streams;
using CriAttach.Streams.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace CriAttach.Cluster.Tests.Nodes;

/// <summary>A cluster of scripted nodes and one client. Silos are named like their nodes.</summary>
public sealed class TestNodes : IAsyncLifetime
{
    /// <summary>Gets the cluster.</summary>
    internal InProcessTestCluster Cluster { get; private set; } = null!;

    /// <summary>Gets the client.</summary>
    internal IClusterClient Client => Cluster.Client;

    /// <summary>The node of a silo.</summary>
    /// <param name="index">The silo's place.</param>
    internal ScriptedNode Node(int index) => Cluster.Silos[index].ServiceProvider.GetRequiredService<ScriptedNode>();

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(3);
        builder.ConfigureSilo((options, silo) =>
        {
            var node = new ScriptedNode(options.SiloName, TimeProvider.System);
            silo.Services.AddSingleton(node);
            silo.Services.AddSingleton<INodeAgent>(node);
            silo.Services.AddSingleton<IStdioEndpoints>(node);
            silo.Services.AddSingleton<ISessionJournal>(node);
            silo.Services.AddSingleton<IContainerLogs>(node);
            silo.AddStdioStreams();
            silo.AddCriAttachGrains();
        });
        builder.ConfigureClient(client => client.AddStdioStreams());
        Cluster = builder.Build();
        await Cluster.DeployAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await Cluster.DisposeAsync();
}
