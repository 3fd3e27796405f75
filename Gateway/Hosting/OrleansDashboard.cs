using CriAttach.Gateway.Admin;
using CriAttach.Gateway.Cluster;
using Orleans.Dashboard;

namespace CriAttach.Gateway.Hosting;

/// <summary>
/// Orleans' own dashboard, for those who look after the cluster itself: silos, grains, calls. It is a guest behind the admin API's door, shown only where it is asked for, and it
/// shows something only where the silos have it too.
/// </summary>
internal static class OrleansDashboard
{
    /// <summary>The setting that turns it on.</summary>
    public const string Setting = ListenerOptions.Section + ":OrleansDashboard";

    private const string Path = "/orleans";

    // Its page brings styles in attributes, and pictures and fonts of its own; it has no inline script.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    /// <summary>Registers it, where it is on.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The configuration.</param>
    public static void AddOrleansDashboard(this IServiceCollection services, IConfiguration configuration)
    {
        if (!IsOn(configuration))
        {
            return;
        }

        // It expects to live in an Orleans client's own container. Ours is made later, again and again until it connects, so the dashboard gets it when it asks.
        services.AddTransient<IGrainFactory>(all => all.GetRequiredService<ClusterConnection>().Client);

        // Its live log would show this gateway's, not the silos'.
        new Guest(services, configuration).AddDashboard(options => options.HideTrace = true);
    }

    /// <summary>Maps its routes, where it is on.</summary>
    /// <param name="app">The application.</param>
    public static void MapOrleansDashboard(this WebApplication app)
    {
        if (!IsOn(app.Configuration))
        {
            return;
        }

        app.UseWhen(context => context.Request.Path.StartsWithSegments(Path, StringComparison.Ordinal), guest => guest.Use(ServeAsync));
        app.MapGroup("").WithMetadata(new RoleMetadata(ListenerRole.AdminTcp)).MapOrleansDashboard(Path);
    }

    private static async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.ContentSecurityPolicy = Policy;
        try
        {
            await next(context);
        }
        catch (ArgumentException fault)
        {
            // That is how an Orleans client says that no silo knows a kind of grain.
            throw new AdminFaultException(StatusCodes.Status503ServiceUnavailable, "Unavailable", $"no silo has Orleans' dashboard: {fault.Message}");
        }
    }

    private static bool IsOn(IConfiguration configuration) => configuration.GetValue<bool>(Setting);

    private sealed record Guest(IServiceCollection Services, IConfiguration Configuration) : IClientBuilder;
}
