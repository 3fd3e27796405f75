using CriAttach.Gateway.Admin;
using CriAttach.Gateway.Admin.Events;
using CriAttach.Gateway.Admin.Login;
using CriAttach.Gateway.Admin.OpenApi;
using CriAttach.Gateway.Admin.Page;
using CriAttach.Gateway.Auth;
using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Cri;
using CriAttach.Gateway.KubeApi;
using CriAttach.Gateway.KubeApi.Pods;
using CriAttach.Gateway.Streaming;
using CriAttach.Gateway.Streaming.Output;
using CriAttach.Gateway.Streaming.Relay;
using CriAttach.Gateway.Streaming.Resume;
using CriAttach.Gateway.Streaming.Spdy;
using CriAttach.Gateway.Streaming.WebSocket;
using CriAttach.Gateway.Telemetry;
using CriAttach.Gateway.Upstream;
using CriAttach.Interfaces.Clustering;
using CriAttach.Streams.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Hosting;

/// <summary>Registers everything the gateway is made of.</summary>
internal static class GatewayServices
{
    private const int MaxMessage = 16 * 1024 * 1024;

    // What the sessions that a drain could not wait for take to end in good order.
    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(20);

    /// <summary>Registers the gateway.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The configuration.</param>
    public static IServiceCollection AddGateway(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System);
        AddOptions(services, configuration);
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MaxMessage;
            grpc.MaxSendMessageSize = MaxMessage;
            grpc.Interceptors.Add<FaultInterceptor>();
        });
        services.AddSingleton<IPostConfigureOptions<LoggerFilterOptions>, SecretLogFilter>();
        services.AddSingleton<Listeners>();
        services.AddSingleton<IConfigureOptions<KestrelServerOptions>>(all => all.GetRequiredService<Listeners>());
        services.AddSingleton<IConfigureOptions<SocketTransportOptions>>(all => all.GetRequiredService<Listeners>());
        services.AddSingleton<IAttachUrls, AttachUrls>();
        services.AddSingleton<IUrlProfileSelector, UrlProfileSelector>();
        services.AddSingleton<GatewayMetrics>();
        AddAdmin(services);
        services.AddOrleansDashboard(configuration);
        AddCluster(services);
        AddStreaming(services);
        AddRelay(services);
        AddUpstream(services);
        AddKubeApi(services);
        return services;
    }

    private static void AddAdmin(IServiceCollection services)
    {
        services.AddSingleton<IAdminListener, AdminListener>();
        services.AddSingleton<GuessBrake>();
        services.AddSingleton<LoginTickets>();
        services.AddSingleton<LoginFiles>();
        services.AddSingleton<AdminDoor>();
        services.AddSingleton<LoginEndpoints>();
        services.AddSingleton<HealthEndpoints>();
        services.AddSingleton<IStreamOrigins, StreamOrigins>();
        services.AddSingleton<PageFolder>();
        services.AddSingleton<IFeedSource, ClusterFeedSource>();
        services.AddSingleton<LiveFeed>();
        services.AddSingleton<IAdminEndpoints, CallerEndpoints>();
        services.AddSingleton<IAdminEndpoints, NodeEndpoints>();
        services.AddSingleton<IAdminEndpoints, ContainerEndpoints>();
        services.AddSingleton<IAdminEndpoints, SessionEndpoints>();
        services.AddSingleton<IAdminEndpoints, RecordingEndpoints>();
        services.AddSingleton<IAdminEndpoints, EventEndpoints>();
        services.AddAdminDocument();
    }

    private static void AddOptions(IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(ListenerOptions.Section);
        services.AddOptionsWithValidateOnStart<ListenerOptions, ListenerOptionsValidator>().Bind(section);
        services.AddOptionsWithValidateOnStart<StreamingOptions, StreamingOptionsValidator>().Bind(section);
        services.AddOptionsWithValidateOnStart<UpstreamOptions, UpstreamOptionsValidator>().Bind(configuration.GetSection(UpstreamOptions.Section));
        services.AddOptionsWithValidateOnStart<KubeOptions, KubeOptionsValidator>().Bind(section);
        services.AddOptionsWithValidateOnStart<GatewayIdentity>().Bind(section).ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<ClusterOptions>().Bind(configuration.GetSection(ClusterOptions.Section)).ValidateDataAnnotations();
    }

    private static void AddUpstream(IServiceCollection services)
    {
        services.AddHttpForwarder();
        services.AddSingleton<UpstreamClient>();
        services.AddSingleton<CallForwarder>();
        services.AddSingleton<StreamUrlForwarder>();
    }

    private static void AddCluster(IServiceCollection services)
    {
        services.AddSingleton<IClusterClientFactory, ClusterClientFactory>();
        services.AddSingleton<ClusterConnection>();
        services.AddHostedService(all => all.GetRequiredService<ClusterConnection>());
        services.AddSingleton<Membership>();
        services.AddHostedService(all => all.GetRequiredService<Membership>());
        services.AddSingleton<NodeClients>();
        services.AddSingleton<ContainerLocator>();
        services.AddSingleton<ClusterQueries>();
        services.AddSingleton<ContainerLists>();
        services.AddSingleton<IContainerStdio, OrleansStdio>();
        services.AddSingleton<ISessionCalls, SessionCalls>();
    }

    private static void AddStreaming(IServiceCollection services)
    {
        services.AddSingleton<SharedOutputs>();
        services.AddSingleton<LiveSessions>();
        services.AddSingleton<SessionRegistry>();
        services.AddSingleton<SessionIssuer>();
        services.AddSingleton<SessionClaimer>();
        services.AddSingleton<SessionLeases>();
        services.AddSingleton<SessionServices>();
        services.AddSingleton<IAttachUpgrade, WebSocketUpgrade>();
        services.AddSingleton<IAttachUpgrade, SpdyUpgrade>();
        services.AddSingleton<SessionServer>();
        services.AddSingleton<AttachEndpoint>();
        services.AddSingleton<StreamEndpoint>();
        services.AddSingleton<IResumeUrls, ResumeUrls>();
        services.AddHostedService<Heartbeat>();
        services.AddHostedService<OldGenerationCollector>();
        services.AddHostedService<GatewayDrain>();
        services.AddOptions<HostOptions>().Configure<IOptions<StreamingOptions>>(
            (host, streaming) => host.ShutdownTimeout = streaming.Value.DrainTimeout + LastWords);
    }

    private static void AddRelay(IServiceCollection services)
    {
        services.AddSingleton<RelayTokens>();
        services.AddSingleton<IRelayUrls, RelayUrls>();
        services.AddSingleton<RelayUpstream>();
        services.AddSingleton<RelayServices>();
        services.AddSingleton<IPortForwardUpgrade, TunnelUpgrade>();
        services.AddSingleton<IPortForwardUpgrade, SpdyPortForwardUpgrade>();
        services.AddSingleton<RelayEndpoint>();
    }

    private static void AddKubeApi(IServiceCollection services)
    {
        services.AddSingleton<PodFeed>();
        services.AddSingleton<PodWatch>();
        services.AddSingleton<PodRequests>();
        services.AddSingleton<PodAttach>();
        services.AddSingleton<PodLogs>();
        services.AddSingleton<ClusterRequests>();
        services.AddSingleton<KubeEndpoint>();
    }
}
