using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Streaming;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Interfaces.Logs;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>Sends logs, a page at a time. The place in the log is the request's, so a silo may be restarted under a client that follows.</summary>
/// <param name="feed">The pods.</param>
/// <param name="queries">Asks nodes.</param>
/// <param name="options">How long a node may be away.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed partial class PodLogs(
    PodFeed feed, ClusterQueries queries, IOptions<StreamingOptions> options, TimeProvider time, ILogger<PodLogs> logger)
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="target">The pod.</param>
    /// <exception cref="KubeStatusException">The request asks for what cannot be.</exception>
    public async Task HandleAsync(HttpContext context, KubePath target)
    {
        var wish = PodLogOptions.Of(context.Request, target.Name!, time.GetUtcNow());
        var pod = (await feed.ReadAsync(context.RequestAborted)).Get(target.Namespace!, target.Name!);
        var info = Choose(pod, wish);
        var page = await queries.ReadLogAsync(info.Key, wish.First, context.RequestAborted);
        context.Response.ContentType = "text/plain";
        await SendAsync(context, info.Key, wish, page);
    }

    private static ContainerInfo Choose(KubePod pod, PodLogOptions wish)
    {
        var container = pod.Container(wish.Container);
        var info = wish.Previous
            ? container.Previous ?? throw new KubeStatusException(KubeStatus.BadRequest(
                $"previous terminated container \"{container.Name}\" in pod \"{pod.Name}\" not found"))
            : container.Info;
        return info.State != ContainerState.Created ? info : throw new KubeStatusException(KubeStatus.BadRequest(
            $"container \"{container.Name}\" in pod \"{pod.Name}\" is waiting to start: {container.Reason}"));
    }

    private async Task SendAsync(HttpContext context, ContainerKey container, PodLogOptions wish, LogPage? page)
    {
        var left = wish.LimitBytes ?? long.MaxValue;
        while (page is not null)
        {
            if (page.Gap)
            {
                await context.Response.WriteAsync("criattach: here is output missing that the node has rotated away\n", context.RequestAborted);
            }

            var count = (int)Math.Min(left, page.Data.Length);
            await context.Response.Body.WriteAsync(page.Data[..count], context.RequestAborted);
            left -= count;
            if (left == 0 || page.Complete || (page.AtEnd && !wish.Follow))
            {
                return;
            }

            if (page.AtEnd)
            {
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            page = await GoOnAsync(container, wish.First with { Position = page.Next, Wait = Wait }, context.RequestAborted);
        }
    }

    /// <summary>The next page; none when the container is gone.</summary>
    private async Task<LogPage?> GoOnAsync(ContainerKey container, LogRequest request, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await queries.ReadLogAsync(container, request, cancellationToken);
            }
            catch (ContainerNotFoundException)
            {
                return null;
            }
            catch (Exception fault) when (fault is NodeUnavailableException or TimeoutException or OrleansException
                && time.GetElapsedTime(since) < options.Value.NodeGrace)
            {
                Log.ReadFailed(logger, container, fault);
                await Task.Delay(RetryPause, time, cancellationToken);
            }
        }
    }
}
