using CriAttach.Protos.Runtime.V1;
using Grpc.Core;

namespace CriAttach.Testing.Isulad;

/// <summary>What iSulad answers over gRPC, as far as a silo asks. Everything else is <c>Unimplemented</c>.</summary>
internal sealed class FakeIsuladService(FakeIsulad isulad) : RuntimeService.RuntimeServiceBase
{
    public override Task<VersionResponse> Version(VersionRequest request, ServerCallContext context) => Task.FromResult(new VersionResponse
    {
        Version = "0.1.0",
        RuntimeName = "iSulad",
        RuntimeVersion = "2.1.5",
        RuntimeApiVersion = "v1",
    });

    public override Task<ListContainersResponse> ListContainers(ListContainersRequest request, ServerCallContext context) => Task.FromResult(new ListContainersResponse
    {
        Containers =
        {
            isulad.Containers.Select(container => new Container
            {
                Id = container.Id,
                PodSandboxId = isulad.PodId,
                Metadata = new ContainerMetadata { Name = container.Name },
                State = container.State,
                Labels = { container.Labels },
            }),
        },
    });

    public override Task<ContainerStatusResponse> ContainerStatus(ContainerStatusRequest request, ServerCallContext context)
    {
        var container = Find(request.ContainerId);
        return Task.FromResult(new ContainerStatusResponse
        {
            Status = new ContainerStatus
            {
                Id = container.Id,
                Metadata = new ContainerMetadata { Name = container.Name },
                State = container.State,
                ExitCode = container.ExitCode,
                CreatedAt = container.CreatedAt,
                StartedAt = container.CreatedAt,
                LogPath = container.LogPath,
                Labels = { container.Labels },
            },
        });
    }

    public override Task<ListPodSandboxResponse> ListPodSandbox(ListPodSandboxRequest request, ServerCallContext context) => Task.FromResult(new ListPodSandboxResponse
    {
        Items = { new PodSandbox { Id = isulad.PodId, Metadata = new PodSandboxMetadata { Name = "pod", Namespace = "default" }, State = PodSandboxState.SandboxReady } },
    });

    // Also for a container that has ended: the failure then comes on the stream.
    public override Task<AttachResponse> Attach(AttachRequest request, ServerCallContext context)
    {
        var container = Find(request.ContainerId);
        var refusal = request is { Tty: true, Stderr: true } ? "tty and stderr cannot both be true"
            : request is { Stdin: false, Stdout: false, Stderr: false } ? "One of stdin, stdout, and stderr must be set" : null;
        return refusal is null
            ? Task.FromResult(new AttachResponse { Url = isulad.Issue(container, request) })
            : throw new RpcException(new Status(StatusCode.Unknown, refusal));
    }

    public override Task<StopContainerResponse> StopContainer(StopContainerRequest request, ServerCallContext context)
    {
        Find(request.ContainerId).Exit(137);
        return Task.FromResult(new StopContainerResponse());
    }

    public override Task<RemoveContainerResponse> RemoveContainer(RemoveContainerRequest request, ServerCallContext context)
    {
        isulad.Remove(Find(request.ContainerId));
        return Task.FromResult(new RemoveContainerResponse());
    }

    private FakeIsuladContainer Find(string id) => isulad.Containers.FirstOrDefault(container => container.Id == id)
        ?? throw new RpcException(new Status(StatusCode.NotFound, $"Failed to find container id {id}"));
}
