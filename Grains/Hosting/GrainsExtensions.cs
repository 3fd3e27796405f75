using CriAttach.Grains.Directory;
using CriAttach.Grains.Placement;
using CriAttach.Grains.Ports;
using CriAttach.Grains.Recordings;
using CriAttach.Grains.Sessions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;

namespace CriAttach.Grains.Hosting;

/// <summary>Registers what the grains need.</summary>
public static class GrainsExtensions
{
    // Orleans remembers where a million grains were, and sessions come and go; where ours are is in their keys.
    private const int PlacesRemembered = 1_000;

    /// <summary>Adds the grains' services to a silo. Needs the ports: an <see cref="INodeAgent"/>, an <see cref="IContainerLogs"/> and an <see cref="ISessionJournal"/>; records where there is an <see cref="ISessionRecorder"/> with its <see cref="IRecordings"/>.</summary>
    /// <param name="builder">The silo's builder.</param>
    public static ISiloBuilder AddCriAttachGrains(this ISiloBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptionsWithValidateOnStart<SessionOptions, SessionOptionsValidator>();
        services.AddPlacementDirector<NodePlacement, NodePlacementDirector>();
        builder.AddGrainDirectory(NodeGrainDirectory.Name, static (_, _) => new NodeGrainDirectory());
        services.Configure<GrainDirectoryOptions>(static options => options.CacheSize = PlacesRemembered);
        services.AddSingleton<NodeGuard>();
        services.TryAddSingleton<ISessionRecorder, NoRecordings>();
        services.TryAddSingleton<IRecordings, NoRecordings>();
        services.AddSingleton<SessionTable>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SessionRestore>();
        services.AddSingleton<DirectoryRegistrar>();
        services.AddHostedService(provider => provider.GetRequiredService<DirectoryRegistrar>());
        return builder;
    }
}
