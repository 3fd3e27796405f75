using CriAttach.Gateway.Admin.Login;
using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Streaming;

namespace CriAttach.Gateway.Admin;

/// <summary>Whether the process lives, and whether it can do its work.</summary>
/// <param name="cluster">The cluster.</param>
/// <param name="membership">The nodes.</param>
/// <param name="live">The sessions.</param>
internal sealed class HealthEndpoints(ClusterConnection cluster, Membership membership, LiveSessions live)
{
    /// <summary>The route that answers as long as the process lives.</summary>
    public const string Alive = "/healthz";

    /// <summary>The route that says whether sessions can be opened.</summary>
    public const string Ready = "/readyz";

    /// <summary>Maps the routes.</summary>
    /// <param name="routes">Where to.</param>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Alive, context => context.Response.WriteAsync("ok\n"));
        routes.MapGet(Ready, context =>
        {
            var reason = live.IsDraining ? "the gateway is shutting down"
                : !cluster.IsConnected ? IsStranger(context) ? "no silo has been reached" : cluster.Trouble
                : membership.Current.Nodes.Count == 0 ? "no node is active"
                : null;
            context.Response.StatusCode = reason is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return context.Response.WriteAsync($"{reason ?? "ok"}\n");
        });
    }

    // What stands in the way names addresses, and whatever the membership store says: the log and the unix socket tell it.
    private static bool IsStranger(HttpContext context) => context.Features.Get<AdminCaller>()?.IsStranger == true;
}
