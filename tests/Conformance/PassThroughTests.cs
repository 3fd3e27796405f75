using System.Security.Cryptography;
using CriAttach.Conformance.Tests.Gateways;
using CriAttach.Testing.Upstream;
using Grpc.Core;

namespace CriAttach.Conformance.Tests;

/// <summary>PROTOCOL.md section 8, case 6. What a real containerd says, byte by byte, is in the end-to-end tests.</summary>
public sealed class PassThroughTests(WithUpstream gateway) : IClassFixture<WithUpstream>
{
    private const int TenMiB = 10 * 1024 * 1024;

    [Theory]
    [InlineData("/runtime.v1.RuntimeService/Version", 100)]
    [InlineData("/runtime.v1.RuntimeService/Status", 1000)]
    [InlineData("/runtime.v1.RuntimeService/RuntimeConfig", 0)]
    [InlineData("/runtime.v1.ImageService/ImageFsInfo", 300)]
    [InlineData("/runtime.v1.RuntimeService/ListContainers", TenMiB)]
    public async Task Case06_UnaryCall_BytesPassUnchanged(string path, int length)
    {
        var answer = RandomNumberGenerator.GetBytes(length);
        gateway.Runtime.OnUnary(path, request => [.. request, .. answer]);
        Assert.Equal([1, 2, 3, .. answer], await gateway.Calls.Unary(path, [1, 2, 3]));
    }

    [Fact]
    public async Task Case06_ServerStream_BytesPassUnchanged()
    {
        const string path = "/runtime.v1.RuntimeService/GetContainerEvents";
        byte[][] messages = [RandomNumberGenerator.GetBytes(10), [], RandomNumberGenerator.GetBytes(100_000)];
        gateway.Runtime.On(path, async context =>
        {
            foreach (var message in messages)
            {
                await ScriptedRuntime.SendAsync(context, message);
            }

            ScriptedRuntime.End(context, StatusCode.OK);
        });
        using var call = gateway.Calls.Stream(path, []);
        foreach (var message in messages)
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(message, call.ResponseStream.Current);
        }

        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
    }

    [Fact]
    public async Task Case06_UnknownMethod_TheRuntimesOwnUnimplemented()
    {
        var fault = await Assert.ThrowsAsync<RpcException>(async () => await gateway.Calls.Unary("/runtime.v1.RuntimeService/StreamPodSandboxes", []));
        Assert.Equal((StatusCode.Unimplemented, "unknown method StreamPodSandboxes for service runtime.v1.RuntimeService"), (fault.StatusCode, fault.Status.Detail));
    }

    [Fact]
    public async Task Attach_WithARuntimeBehind_IsStillTheClusters() =>
        Assert.StartsWith("/attach/", (await gateway.UrlAsync(gateway.Run())).AbsolutePath, StringComparison.Ordinal);
}
