using CriAttach.Grains.Ports;
using CriAttach.Silo.Agent;
using CriAttach.Silo.CriLogs;
using CriAttach.Silo.Native;
using CriAttach.Silo.Recordings;
using CriAttach.Silo.Runtimes.Conmon;
using CriAttach.Silo.Runtimes.CriUpstream;
using CriAttach.Silo.Runtimes.CriUpstream.Cri;
using CriAttach.Silo.Runtimes.CriUpstream.Isulad;
using CriAttach.Silo.Runtimes.CriUpstream.Spdy;
using CriAttach.Silo.Runtimes.Process;
using CriAttach.Streams;
using CriAttach.Streams.Hosting;
using CriAttach.Streams.Input;
using CriAttach.Streams.Log;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Hosting;

/// <summary>Registers the node agent and its runtimes.</summary>
internal static class NodeServices
{
    /// <summary>Adds them. The agent is up before any hosted service that is added later.</summary>
    public static IServiceCollection AddNode(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<TimeProvider>(new SteadyClock(TimeProvider.System));
        services.AddOptionsWithValidateOnStart<NodeOptions, NodeOptionsValidator>().Bind(configuration.GetSection(NodeOptions.Section));
        services.AddSingleton<IPostConfigureOptions<NodeOptions>, NodeOptionsDefaults>();
        services.AddOptionsWithValidateOnStart<StdioLogOptions, StdioLogOptionsValidator>().Bind(configuration.GetSection("CriAttach:Stdio"));
        services.AddOptionsWithValidateOnStart<StdinOptions, StdinOptionsValidator>().Bind(configuration.GetSection("CriAttach:Stdin"));
        services.AddConmonRuntime(configuration);
        services.AddProcessRuntime(configuration);
        services.AddCriUpstreamRuntime(configuration);
        services.AddSingleton<NodeAgent>();
        services.AddSingleton<INodeAgent>(provider => provider.GetRequiredService<NodeAgent>());
        services.AddSingleton<IStdioEndpoints>(provider => provider.GetRequiredService<NodeAgent>());
        services.AddSingleton<ISessionJournal, SessionJournal>();
        services.AddSingleton<IContainerLogs, CriLogPages>();
        services.AddHostedService<NodeAgentService>();
        services.AddHostedService<OldGenerationCollector>();
        services.AddRecording(configuration);
        return services;
    }

    private static void AddRecording(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<RecordingOptions, RecordingOptionsValidator>().Bind(configuration.GetSection(RecordingOptions.Section));
        services.AddSingleton<IPostConfigureOptions<RecordingOptions>, RecordingOptionsDefaults>();
        services.AddSingleton<IValidateOptions<RecordingOptions>, RecordingOptionsRules>();
        services.AddSingleton<RecordingStore>();
        services.AddSingleton<RecorderServices>();
        services.AddSingleton<SessionRecorder>();
        services.AddSingleton<ISessionRecorder>(provider => provider.GetRequiredService<SessionRecorder>());
        services.AddSingleton<IRecordings>(provider => provider.GetRequiredService<SessionRecorder>());
        services.AddHostedService<RecordingService>();
    }

    private static void AddConmonRuntime(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<ConmonOptions, ConmonOptionsValidator>().Bind(configuration.GetSection(ConmonOptions.Section));
        services.AddSingleton<OciRuntime>();
        services.AddSingleton<Cgroups>();
        services.AddSingleton<ReadinessPoller>();
        services.AddSingleton<ConmonLauncher>();
        services.AddSingleton<ConmonServices>();
        services.AddSingleton<IContainerRuntime, ConmonRuntime>();
    }

    private static void AddCriUpstreamRuntime(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(CriUpstreamOptions.Section);
        services.AddOptionsWithValidateOnStart<CriUpstreamOptions, CriUpstreamOptionsValidator>().Bind(section);
        if (section[nameof(CriUpstreamOptions.Socket)] is not { Length: > 0 })
        {
            return;
        }

        services.AddSingleton<CriClient>();
        services.AddSingleton<IUpstreamDialect, SpdyDialect>();
        services.AddSingleton<IUpstreamDialect, IsuladDialect>();
        services.AddSingleton<UpstreamDialer>();
        services.AddSingleton<UpstreamServices>();
        services.AddSingleton<IContainerRuntime, CriUpstreamRuntime>();
    }

    private static void AddProcessRuntime(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<ProcessOptions, ProcessOptionsValidator>().Bind(configuration.GetSection(ProcessOptions.Section));
        services.AddSingleton<ProcessServices>();
        services.AddSingleton<IContainerRuntime, ProcessRuntime>();
    }
}
