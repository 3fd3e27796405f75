using CriAttach.AdminApi;
using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Recordings;

namespace CriAttach.Gateway.Admin;

/// <summary>The recordings in the admin API: a list, and each as a file.</summary>
/// <param name="queries">Asks nodes.</param>
internal sealed class RecordingEndpoints(ClusterQueries queries)
{
    /// <summary>Maps the routes.</summary>
    /// <param name="routes">Where to.</param>
    /// <param name="guarded">Makes answers of faults.</param>
    public void Map(IEndpointRouteBuilder routes, Func<RequestDelegate, RequestDelegate> guarded)
    {
        routes.MapGet(AdminRoutes.Recordings, guarded(ListAsync));
        routes.MapGet(AdminRoutes.Recording, guarded(ReadAsync));
    }

    private static RecordingView Of(RecordingInfo info) => new()
    {
        Node = info.Container.Node,
        Id = info.Id,
        Container = info.Container.ContainerId,
        ContainerName = info.ContainerName,
        Namespace = info.PodNamespace,
        Pod = info.PodName,
        State = info.State switch
        {
            RecordingState.Recording => RecordingPhase.Recording,
            RecordingState.Complete => RecordingPhase.Complete,
            _ => RecordingPhase.Broken,
        },
        StartedAt = info.StartedAt,
        EndedAt = info.EndedAt,
        Bytes = info.Bytes,
        Width = info.Size?.Width,
        Height = info.Size?.Height,
        ExitCode = info.ExitCode,
        Participants = info.Participants,
        Hash = info.Hash,
        Reason = info.Reason,
    };

    private async Task ListAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var recordings = await queries.ListRecordingsAsync(query[AdminRoutes.NodeQuery], (string?)query[AdminRoutes.ContainerQuery] ?? "", context.RequestAborted);
        var answer = new RecordingList
        {
            Recordings = [.. recordings.Items.OrderByDescending(info => info.StartedAt).Select(Of)],
            UnreachableNodes = recordings.Unreachable,
        };
        await context.Response.WriteAsJsonAsync(answer, AdminJson.Default.RecordingList);
    }

    /// <summary>Page by page, as fast as the client takes them; the first one decides whether it is an answer or a problem.</summary>
    private async Task ReadAsync(HttpContext context)
    {
        var node = (string)context.Request.RouteValues[AdminRoutes.NodeParameter]!;
        var id = (string)context.Request.RouteValues[AdminRoutes.IdParameter]!;
        var page = await queries.ReadRecordingAsync(node, id, 0, context.RequestAborted);
        context.Response.ContentType = AdminRoutes.CastMediaType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{id}.cast\"";
        while (true)
        {
            await context.Response.Body.WriteAsync(page.Data, context.RequestAborted);
            if (page.AtEnd || page.Data.IsEmpty)
            {
                return;
            }

            page = await queries.ReadRecordingAsync(node, id, page.Next, context.RequestAborted);
        }
    }
}
