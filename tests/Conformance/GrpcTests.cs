using CriAttach.Conformance.Tests.Gateways;
using CriAttach.Protos.Runtime.V1;
using Grpc.Core;

namespace CriAttach.Conformance.Tests;

/// <summary>PROTOCOL.md section 8, gRPC.</summary>
public sealed class GrpcTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    [Fact]
    public async Task Case01_EmptyId_InvalidArgument()
    {
        var fault = await FaultOf(new AttachRequest { Stdout = true });
        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.Equal("missing required container_id", fault.Status.Detail);
    }

    [Theory]
    [InlineData(true, true, true, "tty and stderr cannot both be true")]
    [InlineData(false, false, false, "one of stdin, stdout, and stderr must be set")]
    [InlineData(true, false, true, "tty and stderr cannot both be true")]
    public async Task Case02_ImpossibleStreams_InvalidArgument(bool tty, bool stdin, bool stderr, string text)
    {
        var fault = await FaultOf(new AttachRequest { ContainerId = "x", Tty = tty, Stdin = stdin, Stderr = stderr });
        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.Equal(text, fault.Status.Detail);
    }

    [Fact]
    public async Task Case03_UnknownContainer_NotFound() =>
        Assert.Equal(StatusCode.NotFound, (await FaultOf(new AttachRequest { ContainerId = "feedfacefeedface", Stdout = true })).StatusCode);

    [Fact]
    public async Task Case03_ExitedContainer_FaultNamesTheState()
    {
        var container = gateway.Run();
        container.Exit(0);
        var fault = await FaultOf(new AttachRequest { ContainerId = container.Info.Key.ContainerId, Stdout = true });
        Assert.Equal(StatusCode.FailedPrecondition, fault.StatusCode);
        Assert.Contains("CONTAINER_EXITED", fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Case05_Url_AbsoluteWithoutQueryAndNewEachTime()
    {
        var container = gateway.Run();
        var url = await gateway.UrlAsync(container);
        Assert.Equal("http", url.Scheme);
        Assert.Equal("127.0.0.1", url.Host);
        Assert.Matches("^/attach/[0-9a-f]{8}\\.[A-Za-z0-9_-]{43}$", url.AbsolutePath);
        Assert.Empty(url.Query);
        Assert.NotEqual(url, await gateway.UrlAsync(container));
    }

    [Fact]
    public async Task UniquePrefix_FindsTheContainer()
    {
        var container = gateway.Run();
        var response = await gateway.Cri.AttachAsync(new AttachRequest { ContainerId = container.Info.Key.ContainerId[..12], Stdout = true });
        Assert.NotEmpty(response.Url);
    }

    [Fact]
    public async Task Version_AllFieldsSet()
    {
        var version = await gateway.Cri.VersionAsync(new VersionRequest());
        Assert.Equal("criattach", version.RuntimeName);
        Assert.Equal("v1", version.RuntimeApiVersion);
        Assert.NotEmpty(version.Version);
        Assert.NotEmpty(version.RuntimeVersion);
    }

    [Fact]
    public async Task Status_RuntimeAndNetworkReady()
    {
        var status = await gateway.Cri.StatusAsync(new StatusRequest());
        Assert.Equal(["RuntimeReady", "NetworkReady"], status.Status.Conditions.Select(condition => condition.Type));
        Assert.All(status.Status.Conditions, condition => Assert.True(condition.Status));
    }

    [Fact]
    public async Task ListContainersAndContainerStatus_ShowTheContainer()
    {
        var container = gateway.Run();
        var id = container.Info.Key.ContainerId;
        var list = await gateway.Cri.ListContainersAsync(new ListContainersRequest { Filter = new ContainerFilter { Id = id } });
        Assert.Equal(id, Assert.Single(list.Containers).Id);
        var status = await gateway.Cri.ContainerStatusAsync(new ContainerStatusRequest { ContainerId = id });
        Assert.Equal(ContainerState.ContainerRunning, status.Status.State);
    }

    [Fact]
    public async Task OtherMethods_Unimplemented()
    {
        var fault = await Assert.ThrowsAsync<RpcException>(async () => await gateway.Cri.ListPodSandboxAsync(new ListPodSandboxRequest()));
        Assert.Equal(StatusCode.Unimplemented, fault.StatusCode);
    }

    private async Task<RpcException> FaultOf(AttachRequest request) =>
        await Assert.ThrowsAsync<RpcException>(async () => await gateway.Cri.AttachAsync(request));
}
