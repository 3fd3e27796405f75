using System.Reflection;
using CriAttach.Gateway.Cluster;
using CriAttach.Gateway.Streaming;
using CriAttach.Interfaces.Sessions;
using CriAttach.Protos.Runtime.V1;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Domain = CriAttach.Interfaces.Containers;

namespace CriAttach.Gateway.Cri;

/// <summary>What the gateway answers of CRI by itself. What is not here is Unimplemented.</summary>
/// <param name="locator">Finds containers.</param>
/// <param name="issuer">Opens sessions.</param>
/// <param name="queries">Asks nodes.</param>
/// <param name="cluster">The cluster.</param>
/// <param name="profile">Which URLs callers get.</param>
/// <param name="identity">This gateway.</param>
/// <param name="time">The clock.</param>
internal sealed class RuntimeService(
    ContainerLocator locator,
    SessionIssuer issuer,
    ClusterQueries queries,
    ClusterConnection cluster,
    IUrlProfileSelector profile,
    IOptions<GatewayIdentity> identity,
    TimeProvider time) : Protos.Runtime.V1.RuntimeService.RuntimeServiceBase
{
    private const string KubeletApiVersion = "0.1.0";
    private const string RuntimeName = "criattach";
    private const string RuntimeApiVersion = "v1";

    private static readonly string RuntimeVersion =
        typeof(RuntimeService).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";

    /// <inheritdoc/>
    public override async Task<AttachResponse> Attach(AttachRequest request, ServerCallContext context)
    {
        var streams = AttachValidation.Check(request);
        var wish = new OpenSessionRequest { SessionId = "", Streams = streams };
        var issued = await CallPatience.HoldAsync(
            context, time, patience => issuer.OpenAsync(request.ContainerId, wish, profile.For(context.GetHttpContext()), patience));
        return new AttachResponse { Url = issued.Url };
    }

    /// <inheritdoc/>
    public override Task<VersionResponse> Version(VersionRequest request, ServerCallContext context) =>
        Task.FromResult(new VersionResponse
        {
            Version = KubeletApiVersion,
            RuntimeName = RuntimeName,
            RuntimeVersion = RuntimeVersion,
            RuntimeApiVersion = RuntimeApiVersion,
        });

    /// <inheritdoc/>
    public override Task<StatusResponse> Status(StatusRequest request, ServerCallContext context)
    {
        var ready = cluster.IsConnected;
        var response = new StatusResponse { Status = new RuntimeStatus(), Features = new RuntimeFeatures() };
        foreach (var type in (ReadOnlySpan<string>)["RuntimeReady", "NetworkReady"])
        {
            response.Status.Conditions.Add(new RuntimeCondition
            {
                Type = type,
                Status = ready,
                Reason = ready ? "" : "ClusterUnreachable",
                Message = ready ? "" : cluster.Trouble,
            });
        }

        response.RuntimeHandlers.Add(new RuntimeHandler { Features = new RuntimeHandlerFeatures() });
        if (request.Verbose)
        {
            response.Info["gateway"] = identity.Value.Name;
            response.Info["node"] = identity.Value.Node;
        }

        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override async Task<ListContainersResponse> ListContainers(ListContainersRequest request, ServerCallContext context)
    {
        var wanted = request.Filter;
        var filter = new Domain.ContainerFilter
        {
            IdPrefix = wanted?.Id ?? "",
            State = wanted?.State is { } state ? (Domain.ContainerState)state.State : null,
            Labels = wanted?.LabelSelector.ToDictionary() ?? [],
        };
        var containers = (await queries.ListContainersAsync(identity.Value.Node, filter, context.CancellationToken)).Items;
        var response = new ListContainersResponse();
        response.Containers.AddRange(containers
            .Select(ContainerMap.ToContainer)
            .Where(container => string.IsNullOrEmpty(wanted?.PodSandboxId) || container.PodSandboxId == wanted.PodSandboxId));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<ContainerStatusResponse> ContainerStatus(ContainerStatusRequest request, ServerCallContext context)
    {
        if (request.ContainerId.Length == 0)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, "missing required container_id"));
        }

        var container = await locator.FindAsync(request.ContainerId, context.CancellationToken);
        var info = await queries.GetContainerAsync(container, context.CancellationToken);
        var response = new ContainerStatusResponse { Status = ContainerMap.ToStatus(info) };
        if (request.Verbose)
        {
            response.Info["node"] = info.Key.Node;
            response.Info["pid"] = $"{info.Pid}";
        }

        return response;
    }
}
