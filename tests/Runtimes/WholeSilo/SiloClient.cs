using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace CriAttach.Runtimes.Tests.WholeSilo;

/// <summary>Makes a client of one silo.</summary>
internal static class SiloClient
{
    public static IHost Build(this HostApplicationBuilder builder, int gatewayPort)
    {
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client =>
        {
            client.UseStaticClustering(new IPEndPoint(IPAddress.Loopback, gatewayPort));
            client.Services.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = ("criattach", "criattach"));
        });
        return builder.Build();
    }
}
