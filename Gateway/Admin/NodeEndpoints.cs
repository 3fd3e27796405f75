using CriAttach.AdminApi;
using CriAttach.Gateway.Cluster;

namespace CriAttach.Gateway.Admin;

/// <summary>The nodes.</summary>
/// <param name="queries">Asks nodes.</param>
internal sealed class NodeEndpoints(ClusterQueries queries) : IAdminEndpoints
{
    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet(AdminRoutes.Nodes, ListAsync)
            .Describe("listNodes", "nodes", "Lists the nodes of the cluster")
            .Faults(StatusCodes.Status503ServiceUnavailable);

    private async Task<NodeList> ListAsync(CancellationToken cancellationToken)
    {
        var nodes = await queries.ListNodesAsync(cancellationToken);
        return new NodeList { Nodes = [.. nodes.Items.Select(AdminViews.Of)], UnreachableNodes = nodes.Unreachable };
    }
}
