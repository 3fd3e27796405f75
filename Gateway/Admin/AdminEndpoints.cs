using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CriAttach.AdminApi;
using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Streaming;
using CriAttach.Interfaces.Containers;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Admin;

/// <summary>The admin API: JSON over HTTP, for the command line and the dashboard. It asks the cluster and decides nothing.</summary>
/// <param name="queries">Asks nodes.</param>
/// <param name="locator">Finds containers.</param>
/// <param name="issuer">Opens sessions.</param>
/// <param name="recordings">Answers for recordings.</param>
/// <param name="profiles">Which URLs callers get.</param>
/// <param name="identity">This gateway.</param>
/// <param name="logger">The log.</param>
internal sealed partial class AdminEndpoints(
    ClusterQueries queries,
    ContainerLocator locator,
    SessionIssuer issuer,
    RecordingEndpoints recordings,
    IUrlProfileSelector profiles,
    IOptions<GatewayIdentity> identity,
    ILogger<AdminEndpoints> logger)
{
    /// <summary>Maps the routes.</summary>
    /// <param name="routes">Where to.</param>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AdminRoutes.Nodes, Guarded(ListNodesAsync));
        routes.MapGet(AdminRoutes.Containers, Guarded(ListContainersAsync));
        routes.MapPost(AdminRoutes.Containers, Guarded(CreateContainerAsync));
        routes.MapGet(AdminRoutes.Container, Guarded(GetContainerAsync));
        routes.MapDelete(AdminRoutes.Container, Guarded(RemoveContainerAsync));
        routes.MapPost(AdminRoutes.Attach, Guarded(AttachAsync));
        routes.MapPost(AdminRoutes.Start, Guarded(StartContainerAsync));
        routes.MapPost(AdminRoutes.Stop, Guarded(StopContainerAsync));
        routes.MapGet(AdminRoutes.Sessions, Guarded(ListSessionsAsync));
        recordings.Map(routes, Guarded);
    }

    private static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted)
                ?? throw new BadHttpRequestException("the body is empty");
        }
        catch (JsonException fault)
        {
            throw new BadHttpRequestException($"the body is not understood: {fault.Message}", fault);
        }
    }

    private RequestDelegate Guarded(RequestDelegate handler) => async context =>
    {
        try
        {
            await handler(context);
        }
        catch (Exception fault) when (!context.RequestAborted.IsCancellationRequested && !context.Response.HasStarted)
        {
            var problem = AdminProblems.Of(fault);
            if (problem.Status >= StatusCodes.Status500InternalServerError)
            {
                Log.Failed(logger, context.Request.Method, problem.Status, fault);
            }

            await AdminProblems.WriteAsync(context.Response, problem);
        }
    };

    private async Task ListNodesAsync(HttpContext context)
    {
        var nodes = await queries.ListNodesAsync(context.RequestAborted);
        var answer = new NodeList { Nodes = [.. nodes.Items.Select(AdminViews.Of)], UnreachableNodes = nodes.Unreachable };
        await context.Response.WriteAsJsonAsync(answer, AdminJson.Default.NodeList);
    }

    private async Task ListContainersAsync(HttpContext context)
    {
        var filter = new ContainerFilter { State = AdminViews.StateOf(context.Request.Query[AdminRoutes.StateQuery]) };
        var containers = await queries.ListContainersAsync(context.Request.Query[AdminRoutes.NodeQuery], filter, context.RequestAborted);
        var answer = new ContainerList { Containers = [.. containers.Items.Select(AdminViews.Of)], UnreachableNodes = containers.Unreachable };
        await context.Response.WriteAsJsonAsync(answer, AdminJson.Default.ContainerList);
    }

    private async Task ListSessionsAsync(HttpContext context)
    {
        var sessions = await queries.ListSessionsAsync(context.RequestAborted);
        var answer = new SessionList { Sessions = [.. sessions.Items.Select(AdminViews.Of)], UnreachableNodes = sessions.Unreachable };
        await context.Response.WriteAsJsonAsync(answer, AdminJson.Default.SessionList);
    }

    private async Task GetContainerAsync(HttpContext context) =>
        await AnswerAsync(context, await queries.GetContainerAsync(await FindAsync(context), context.RequestAborted));

    private async Task CreateContainerAsync(HttpContext context)
    {
        var body = await ReadAsync(context, AdminJson.Default.CreateContainerBody);
        var node = !string.IsNullOrEmpty(body.Node) ? body.Node
            : identity.Value.Node is { Length: > 0 } own ? own
            : await queries.ChooseNodeAsync(context.RequestAborted);
        var info = await queries.CreateContainerAsync(node, AdminViews.SpecOf(body), start: !body.StartLater);
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.Location = AdminRoutes.For(AdminRoutes.Container, info.Key.ContainerId);
        await AnswerAsync(context, info);
    }

    private async Task StartContainerAsync(HttpContext context) =>
        await AnswerAsync(context, await queries.StartContainerAsync(await FindAsync(context)));

    private async Task StopContainerAsync(HttpContext context)
    {
        var body = await ReadAsync(context, AdminJson.Default.StopBody);
        var seconds = body.TimeoutSeconds ?? StopBody.DefaultTimeoutSeconds;
        if (seconds < 0)
        {
            throw new BadHttpRequestException("timeoutSeconds must not be negative");
        }

        await AnswerAsync(context, await queries.StopContainerAsync(await FindAsync(context), TimeSpan.FromSeconds(seconds)));
    }

    private async Task RemoveContainerAsync(HttpContext context)
    {
        var force = bool.TryParse(context.Request.Query[AdminRoutes.ForceQuery], out var value) && value;
        await queries.RemoveContainerAsync(await FindAsync(context), force);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private async Task AttachAsync(HttpContext context)
    {
        var wish = AdminViews.WishOf(await ReadAsync(context, AdminJson.Default.AttachBody));
        if (StreamsCheck.Fault(wish.Streams) is { } fault)
        {
            throw new BadHttpRequestException(fault);
        }

        var container = await FindAsync(context);
        var issued = await issuer.OpenAsync(container, wish, profiles.For(context), context.RequestAborted);
        var info = await queries.GetContainerAsync(container, context.RequestAborted);
        var answer = new AttachAnswer { Url = issued.Url, Session = issued.Session.Key.Id, Container = AdminViews.Of(info) };
        await context.Response.WriteAsJsonAsync(answer, AdminJson.Default.AttachAnswer);
    }

    private Task<ContainerKey> FindAsync(HttpContext context) => locator.FindAsync(
        AdminRoutes.ReadReference((string)context.Request.RouteValues[AdminRoutes.ReferenceParameter]!), context.RequestAborted);

    private static Task AnswerAsync(HttpContext context, ContainerInfo info) =>
        context.Response.WriteAsJsonAsync(AdminViews.Of(info), AdminJson.Default.ContainerView);
}
