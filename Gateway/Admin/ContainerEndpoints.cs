using System.ComponentModel;
using CriAttach.AdminApi;
using CriAttach.Gateway.Cluster;
using CriAttach.Interfaces.Containers;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CriAttach.Gateway.Admin;

/// <summary>Containers, and what can be done with those that CriAttach made.</summary>
/// <param name="queries">Asks nodes.</param>
/// <param name="locator">Finds containers.</param>
/// <param name="identity">This gateway.</param>
internal sealed class ContainerEndpoints(ClusterQueries queries, ContainerLocator locator, IOptions<GatewayIdentity> identity) : IAdminEndpoints
{
    /// <summary>What names a container.</summary>
    public const string ReferenceText = "The container's id, a unique beginning of it, its name, or namespace/pod/container with each slash as %2F.";

    private const string Tag = "containers";

    /// <inheritdoc/>
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(AdminRoutes.Containers, ListAsync)
            .Describe("listContainers", Tag, "Lists containers of all nodes", "In the order of node, namespace, pod, name and id.")
            .TakesWord<ContainerPhase>(AdminRoutes.StateQuery)
            .Faults(StatusCodes.Status400BadRequest, StatusCodes.Status503ServiceUnavailable);
        routes.MapPost(AdminRoutes.Containers, CreateAsync)
            .Describe("createContainer", Tag, "Makes a container, and starts it unless told otherwise")
            .Faults(StatusCodes.Status400BadRequest, StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);
        routes.MapGet(AdminRoutes.Container, GetAsync)
            .Describe("getContainer", Tag, "Tells what a container is now")
            .Faults(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);
        routes.MapDelete(AdminRoutes.Container, RemoveAsync)
            .Describe("removeContainer", Tag, "Removes a container with its log")
            .Faults(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);
        routes.MapPost(AdminRoutes.Start, StartAsync)
            .Describe("startContainer", Tag, "Starts a container that was made to start later")
            .Faults(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);
        routes.MapPost(AdminRoutes.Stop, StopAsync)
            .Describe("stopContainer", Tag, "Asks PID 1 to end, and kills it when it takes too long")
            .Faults(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status503ServiceUnavailable);
    }

    private async Task<ContainerList> ListAsync(
        [Description("Only this node's.")] string? node,
        [FromQuery(Name = AdminRoutes.NamespaceQuery), Description("Only those of this namespace.")] string? podNamespace,
        [Description("Only those of the pods of this name.")] string? pod,
        [FromQuery(Name = AdminRoutes.LabelQuery), Description("Only those with this label: key=value, or key for any value. Several must all be there.")] string[]? labels,
        [Description("Only those in this state.")] string? state,
        [Description("Only those in whose id, name, pod, namespace, node or command line this text occurs, in any case of letters.")] string? text,
        [Description("The longest list wanted, 1 to 5000; all without it.")] int? limit,
        [FromQuery(Name = AdminRoutes.ContinueQuery), Description("Goes on where a list ended: what it said in continue.")] string? from,
        CancellationToken cancellationToken)
    {
        var query = new ContainerQuery
        {
            Namespace = podNamespace,
            Pod = pod,
            Labels = [.. (labels ?? []).Select(LabelTest.Parse)],
            State = ContainerQuery.StateOf(QueryWord.Parse<ContainerPhase>(state)),
            Text = text,
            Limit = ContainerQuery.LimitOf(limit),
            From = ContainerPlace.Parse(from),
        };
        var containers = await queries.ListContainersAsync(node, query.AtNodes, cancellationToken);
        return query.Page(containers);
    }

    private async Task<ContainerView> GetAsync([Description(ReferenceText)] string reference, CancellationToken cancellationToken) =>
        AdminViews.Of(await queries.GetContainerAsync(await FindAsync(reference, cancellationToken), cancellationToken));

    private async Task<Created<ContainerView>> CreateAsync(CreateContainerBody body, CancellationToken cancellationToken)
    {
        var node = !string.IsNullOrEmpty(body.Node) ? body.Node
            : identity.Value.Node is { Length: > 0 } own ? own
            : await queries.ChooseNodeAsync(cancellationToken);
        var info = await queries.CreateContainerAsync(node, AdminViews.SpecOf(body), start: !body.StartLater);
        return TypedResults.Created(AdminRoutes.For(AdminRoutes.Container, info.Key.ContainerId), AdminViews.Of(info));
    }

    private async Task<ContainerView> StartAsync([Description(ReferenceText)] string reference, CancellationToken cancellationToken) =>
        AdminViews.Of(await queries.StartContainerAsync(await FindAsync(reference, cancellationToken)));

    private async Task<ContainerView> StopAsync([Description(ReferenceText)] string reference, StopBody body, CancellationToken cancellationToken)
    {
        var seconds = body.TimeoutSeconds ?? StopBody.DefaultTimeoutSeconds;
        return seconds >= 0
            ? AdminViews.Of(await queries.StopContainerAsync(await FindAsync(reference, cancellationToken), TimeSpan.FromSeconds(seconds)))
            : throw new BadHttpRequestException("timeoutSeconds must not be negative");
    }

    private async Task<NoContent> RemoveAsync(
        [Description(ReferenceText)] string reference, [Description("Whether PID 1 is killed first.")] bool? force, CancellationToken cancellationToken)
    {
        await queries.RemoveContainerAsync(await FindAsync(reference, cancellationToken), force == true);
        return TypedResults.NoContent();
    }

    private Task<ContainerKey> FindAsync(string reference, CancellationToken cancellationToken) =>
        locator.FindAsync(AdminRoutes.ReadReference(reference), cancellationToken);
}
