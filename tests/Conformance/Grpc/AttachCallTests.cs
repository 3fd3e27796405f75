using System.Text.RegularExpressions;
using CriAttach.Protos.Runtime.V1;
using Grpc.Core;

namespace CriAttach.Conformance.Tests.Grpc;

/// <summary>The unary call: what is refused and how, and what a URL looks like.</summary>
public sealed partial class AttachCallTests(ConformanceCluster cluster) : ConformanceTest(cluster)
{
    [Fact]
    public async Task Case01_EmptyId_IsInvalidArgumentAndMakesNoToken()
    {
        var before = (await Processes.Admin.SessionsAsync()).Sessions.Count;
        var status = await RefusedAsync(new AttachRequest { Stdin = true });
        Assert.Equal(StatusCode.InvalidArgument, status.StatusCode);
        Assert.Equal("missing required container_id", status.Detail);
        Assert.Equal(before, (await Processes.Admin.SessionsAsync()).Sessions.Count);
    }

    [Fact]
    public async Task Case02_TtyWithStderr_IsInvalidArgument()
    {
        var container = await EchoAsync();
        var status = await RefusedAsync(new AttachRequest { ContainerId = container.Id, Stdin = true, Tty = true, Stderr = true });
        Assert.Equal(StatusCode.InvalidArgument, status.StatusCode);
        Assert.Equal("tty and stderr cannot both be true", status.Detail);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Case02_NoStreamAtAll_IsInvalidArgument(bool tty)
    {
        var container = await EchoAsync();
        var status = await RefusedAsync(new AttachRequest { ContainerId = container.Id, Tty = tty });
        Assert.Equal(StatusCode.InvalidArgument, status.StatusCode);
        Assert.Equal("one of stdin, stdout, and stderr must be set", status.Detail);
    }

    [Fact]
    public async Task Case02_EverythingWrong_IdIsNamedFirst()
    {
        var status = await RefusedAsync(new AttachRequest { Tty = true, Stderr = true });
        Assert.Equal("missing required container_id", status.Detail);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Case03_UnknownId_IsNotFound(int gateway)
    {
        var status = await RefusedAsync(new AttachRequest { ContainerId = new string('0', 64), Stdout = true }, gateway);
        Assert.Equal(StatusCode.NotFound, status.StatusCode);
    }

    [Fact]
    public async Task Case03_ExitedContainer_IsRefusedNamingItsState()
    {
        var container = await ShellAsync("exit 0");
        await container.ExitedAsync(TimeSpan.FromSeconds(20));
        var status = await RefusedAsync(new AttachRequest { ContainerId = container.Id, Stdout = true });
        Assert.NotEqual(StatusCode.OK, status.StatusCode);
        Assert.Contains("CONTAINER_EXITED", status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Case05_ValidAttach_GivesAnAbsoluteUrlWithATokenOfItsOwn(int gateway)
    {
        var container = await EchoAsync();
        var first = await Processes.Gateways[gateway].AttachAsync(container.Id);
        var second = await Processes.Gateways[gateway].AttachAsync(container.Id);
        Assert.Equal("http", first.Scheme);
        Assert.Equal(Processes.Gateways[gateway].StreamAuthority, first.Authority);
        Assert.Matches(AttachPath(), first.AbsolutePath);
        Assert.Empty(first.Query);
        Assert.NotEqual(first, second);
    }

    // The node's tag, and 128 bits or more: 22 characters of base64url.
    [GeneratedRegex(@"^/attach/[A-Za-z0-9_-]+\.[A-Za-z0-9_-]{22,}$")]
    private static partial Regex AttachPath();

    private async Task<Status> RefusedAsync(AttachRequest request, int gateway = 0) =>
        (await Assert.ThrowsAsync<RpcException>(async () => await Processes.Gateways[gateway].Runtime.AttachAsync(request))).Status;
}
