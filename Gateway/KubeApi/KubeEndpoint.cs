using CriAttach.Gateway.KubeApi.Json;
using CriAttach.Gateway.KubeApi.Pods;

namespace CriAttach.Gateway.KubeApi;

/// <summary>
/// As much of an API server as kubectl's <c>get</c>, <c>describe</c>, <c>attach</c> and <c>logs</c> need, over all nodes.
/// It asks the cluster and keeps nothing.
/// </summary>
/// <param name="pods">Lists and watches.</param>
/// <param name="cluster">Namespaces and nodes.</param>
/// <param name="attach">Attaches.</param>
/// <param name="logs">Reads logs.</param>
/// <param name="logger">The log.</param>
internal sealed partial class KubeEndpoint(PodRequests pods, ClusterRequests cluster, PodAttach attach, PodLogs logs, ILogger<KubeEndpoint> logger)
{
    /// <summary>Answers a request.</summary>
    /// <param name="context">The request.</param>
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            await DispatchAsync(context);
        }
        catch (Exception fault) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            var status = KubeFaults.Of(fault);
            if (status.Code >= StatusCodes.Status500InternalServerError)
            {
                Log.Failed(logger, context.Request.Method, status.Code, fault);
            }

            await StatusJson.AnswerAsync(context.Response, status);
        }
    }

    private Task DispatchAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var isGet = HttpMethods.IsGet(context.Request.Method);
        if (Discovery.Find(path) is { } document)
        {
            return isGet ? KubeJson.AnswerAsync(context.Response, document) : throw new KubeStatusException(KubeStatus.MethodNotAllowed);
        }

        if (!KubePath.TryParse(path, out var target))
        {
            throw new KubeStatusException(KubeStatus.NoSuchPath);
        }

        Func<HttpContext, KubePath, Task> handler = target switch
        {
            { Resource: "pods", Name: null } or { Resource: "pods", Namespace: not null, Subresource: null } => pods.HandleAsync,
            { Resource: "pods", Namespace: not null, Subresource: "attach" } => attach.HandleAsync,
            { Resource: "pods", Namespace: not null, Subresource: "log" } => logs.HandleAsync,
            { Resource: "namespaces", Namespace: null, Subresource: null } => cluster.NamespacesAsync,
            { Resource: "nodes", Namespace: null, Subresource: null } => cluster.NodesAsync,
            { Resource: "events", Name: null } => static (request, _) => KubeJson.AnswerAsync(request.Response, Discovery.NoEvents),
            _ => throw new KubeStatusException(KubeStatus.NoSuchPath),
        };
        var mayPost = target.Subresource == "attach" && HttpMethods.IsPost(context.Request.Method);
        return isGet || mayPost ? handler(context, target) : throw new KubeStatusException(KubeStatus.MethodNotAllowed);
    }
}
