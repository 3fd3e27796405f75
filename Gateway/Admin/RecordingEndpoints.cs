using System.ComponentModel;
using CriAttach.AdminApi;
using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Recordings;

namespace CriAttach.Gateway.Admin;

/// <summary>The recordings in the admin API: a list, and each as a file.</summary>
/// <param name="queries">Asks nodes.</param>
internal sealed class RecordingEndpoints(ClusterQueries queries) : IAdminEndpoints
{
    private const string Tag = "recordings";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AdminRoutes.Recordings, ListAsync)
            .Describe("listRecordings", Tag, "Lists the recordings", "The newest first.")
            .Faults(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet(AdminRoutes.Recording, ReadAsync)
            .Describe("readRecording", Tag, "Reads a recording", "As asciicast v3, the parts of a rotated one joined; of one that is still being written, what there is.")
            .Produces<string>(StatusCodes.Status200OK, AdminRoutes.CastMediaType)
            .Faults(StatusCodes.Status404NotFound, StatusCodes.Status503ServiceUnavailable);
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

    private async Task<RecordingList> ListAsync(
        [Description("Only this node's.")] string? node, [Description("Only those of the container with this id.")] string? container, CancellationToken cancellationToken)
    {
        var recordings = await queries.ListRecordingsAsync(node, container ?? "", cancellationToken);
        return new RecordingList
        {
            Recordings = [.. recordings.Items.OrderByDescending(info => info.StartedAt).Select(Of)],
            UnreachableNodes = recordings.Unreachable,
        };
    }

    /// <summary>Page by page, as fast as the client takes them; the first one decides whether it is an answer or a problem.</summary>
    private async Task ReadAsync([Description("The recording's node.")] string node, [Description("The recording's id.")] string id, HttpContext context)
    {
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
