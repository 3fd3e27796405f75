using CriAttach.Gateway.KubeApi.Json;

namespace CriAttach.Gateway.KubeApi.Pods;

/// <summary>Answers who asks for pods.</summary>
/// <param name="feed">The pods.</param>
/// <param name="watch">Watches.</param>
/// <param name="time">The clock.</param>
internal sealed class PodRequests(PodFeed feed, PodWatch watch, TimeProvider time)
{
    /// <summary>Answers a request for a pod, a list, or changes.</summary>
    /// <param name="context">The request.</param>
    /// <param name="target">What it asks for.</param>
    public async Task HandleAsync(HttpContext context, KubePath target)
    {
        var query = PodQuery.Of(context.Request, target);
        if (PodQuery.Flag(context.Request, "watch"))
        {
            await watch.RunAsync(context, query);
            return;
        }

        var snapshot = await feed.ListAsync(context.RequestAborted);
        var pod = target is { Namespace: { } space, Name: { } name } ? snapshot.Get(space, name) : null;
        KubePod[] pods = pod is null ? [.. query.Select(snapshot)] : [pod];
        KubeJson.Warn(context.Response, pod is null ? snapshot.Unreachable : []);
        var accept = TableAccept.Of(context.Request);
        var now = time.GetUtcNow();
        await KubeJson.AnswerAsync(context.Response, json =>
        {
            if (accept is not null)
            {
                TableJson.Write(json, accept, PodTable.Columns, pods.Select(one => PodTable.Row(one, now)), snapshot.Version);
            }
            else if (pod is not null)
            {
                PodJson.Write(json, pod);
            }
            else
            {
                ListJson.Write(json, "Pod", snapshot.Version, pods, PodJson.Write);
            }
        });
    }
}
