using CriAttach.Gateway.Admin;
using CriAttach.Gateway.Cri;
using CriAttach.Gateway.KubeApi;
using CriAttach.Gateway.Streaming;
using CriAttach.Gateway.Upstream;

namespace CriAttach.Gateway.Hosting;

/// <summary>What happens to a request.</summary>
internal static class GatewayPipeline
{
    /// <summary>Lays the pipeline.</summary>
    /// <param name="app">The application.</param>
    public static void UseGateway(this WebApplication app)
    {
        var streams = app.Services.GetRequiredService<StreamEndpoint>();
        app.UseMiddleware<ListenerAuth>();
        app.MapWhen(
            context => context.Features.Get<ListenerFeature>()?.Role == ListenerRole.Stream,
            stream => stream.Run(streams.HandleAsync));
        app.UseWhen(
            context => context.Features.Get<ListenerFeature>()?.Role is ListenerRole.Cri or ListenerRole.CriTcp,
            cri => cri.UseMiddleware<UpstreamRouter>());
        var kube = app.Services.GetRequiredService<KubeEndpoint>();
        app.MapWhen(
            context => context.Features.Get<ListenerFeature>()?.Role == ListenerRole.Kube,
            branch => branch.Run(kube.HandleAsync));
        app.UseRouting();
        app.UseMiddleware<RoleGuard>();
        app.MapGrpcService<RuntimeService>().WithMetadata(new RoleMetadata(ListenerRole.Cri, ListenerRole.CriTcp));
        var admin = app.MapGroup("").WithMetadata(new RoleMetadata(ListenerRole.Admin, ListenerRole.AdminTcp));
        app.Services.GetRequiredService<AdminEndpoints>().Map(admin);
        app.Services.GetRequiredService<HealthEndpoints>().Map(admin);
    }
}
