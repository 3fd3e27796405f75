using CriAttach.Gateway.Admin;
using CriAttach.Gateway.Admin.Login;
using CriAttach.Gateway.Admin.OpenApi;
using CriAttach.Gateway.Admin.Page;
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
            context => RoleOf(context) == ListenerRole.Stream,
            stream => stream.Run(streams.HandleAsync));
        app.UseWhen(
            context => RoleOf(context) is ListenerRole.Cri or ListenerRole.CriTcp,
            cri => cri.UseMiddleware<UpstreamRouter>());
        var kube = app.Services.GetRequiredService<KubeEndpoint>();
        app.MapWhen(
            context => RoleOf(context) == ListenerRole.Kube,
            branch => branch.Run(kube.HandleAsync));
        app.UseWhen(context => RoleOf(context) is ListenerRole.Admin or ListenerRole.AdminTcp, admin => admin.UseMiddleware<AdminFaults>());
        app.UseWhen(context => RoleOf(context) == ListenerRole.AdminTcp, page => page.UseMiddleware<PageFiles>());
        app.UseRouting();
        app.UseMiddleware<RoleGuard>();
        app.MapGrpcService<RuntimeService>().WithMetadata(new RoleMetadata(ListenerRole.Cri, ListenerRole.CriTcp));
        MapAdmin(app);
    }

    private static void MapAdmin(WebApplication app)
    {
        var admin = app.MapGroup("").WithMetadata(new RoleMetadata(ListenerRole.Admin, ListenerRole.AdminTcp));
        foreach (var endpoints in app.Services.GetServices<IAdminEndpoints>())
        {
            endpoints.Map(admin);
        }

        app.Services.GetRequiredService<HealthEndpoints>().Map(admin);
        AdminDocument.Map(admin);
        app.MapOrleansDashboard();
        app.Services.GetRequiredService<LoginEndpoints>().Map(app.MapGroup("").WithMetadata(new RoleMetadata(ListenerRole.AdminTcp)));
    }

    private static ListenerRole? RoleOf(HttpContext context) => context.Features.Get<ListenerFeature>()?.Role;
}
