using System.Net;
using CriAttach.Grains.Hosting;
using CriAttach.Grains.Sessions;
using CriAttach.Silo.Agent;
using CriAttach.Silo.Hosting.Clustering;
using CriAttach.Streams.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Dashboard;
using CriAttachClusterOptions = CriAttach.Interfaces.Clustering.ClusterOptions;

namespace CriAttach.Silo.Hosting;

/// <summary>Puts the silo together.</summary>
internal static class SiloHost
{
    // Watches every grain call; the gateways' setting of the same name shows what it sees.
    private const string OrleansDashboard = NodeOptions.Section + ":OrleansDashboard";

    /// <summary>Makes the host.</summary>
    /// <param name="args">The command line.</param>
    public static IHost Create(string[] args)
    {
        // appsettings.json is the one beside the program. Nothing reloads settings, so nothing watches files for them.
        string[] defaults = ["--hostBuilder:reloadConfigOnChange=false"];
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings
        {
            Args = [.. defaults, .. args],
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddSiloFiles(args);
        builder.Services.AddNode(builder.Configuration);
        builder.AddSilo();
        return builder.Build();
    }

    private static void AddSilo(this HostApplicationBuilder builder)
    {
        var section = builder.Configuration.GetSection(CriAttachClusterOptions.Section);
        builder.Services.AddOptionsWithValidateOnStart<CriAttachClusterOptions, ClusterOptionsValidator>().Bind(section);
        builder.Services.AddSingleton<IValidateOptions<CriAttachClusterOptions>, ClusterOptionsPropertyValidator>();
        var cluster = section.Get<CriAttachClusterOptions>() ?? new CriAttachClusterOptions();
        builder.UseOrleans(silo =>
        {
            silo.UseCluster(cluster);
            silo.AddStdioStreams();
            silo.AddCriAttachGrains();
            if (builder.Configuration.GetValue<bool>(OrleansDashboard))
            {
                // The gateways show it; its live log is of no use there.
                silo.AddDashboard(dashboard => dashboard.HideTrace = true);
            }

            silo.Services.AddSingleton<ILocalSiloDetails, NodeSiloDetails>();

            // By whose clock? One whose own was set back would be thrown out as soon as it begins. What died while it joined is cleared away by its successor.
            silo.Configure<ClusterMembershipOptions>(static options => options.EvictWhenMaxJoinAttemptTimeExceeded = false);
            silo.Services.AddOptions<SessionOptions>().Bind(builder.Configuration.GetSection(SessionOptions.Section));
            silo.Services.AddOptions<SiloOptions>().Configure<IOptions<NodeOptions>>(static (options, node) => options.SiloName = node.Value.Name);
            silo.Services.AddOptions<ClusterOptions>().Configure<IOptions<CriAttachClusterOptions>>(static (options, ours) =>
            {
                options.ClusterId = ours.Value.ClusterId;
                options.ServiceId = ours.Value.ServiceId;
            });
            silo.Services.AddOptions<EndpointOptions>().Configure<IOptions<CriAttachClusterOptions>>(static (options, ours) =>
            {
                // Nothing but the address that others are told: the loopback stays the loopback.
                options.AdvertisedIPAddress = IPAddress.Parse(ours.Value.AdvertisedAddress);
                options.SiloPort = ours.Value.SiloPort;
                options.GatewayPort = ours.Value.GatewayPort;
                options.SiloListeningEndpoint = new IPEndPoint(options.AdvertisedIPAddress, options.SiloPort);
                options.GatewayListeningEndpoint = new IPEndPoint(options.AdvertisedIPAddress, options.GatewayPort);
            });
        });
    }
}
