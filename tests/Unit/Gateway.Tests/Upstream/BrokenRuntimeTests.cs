using CriAttach.Testing.Cri;
using CriAttach.Testing.Upstream;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace CriAttach.Gateway.Tests.Upstream;

/// <summary>The runtime dies, is away, comes back; the gateway stops; there is no cluster. Each test has a gateway and a runtime of its own.</summary>
public sealed class BrokenRuntimeTests : IAsyncLifetime
{
    private const string Path = "/runtime.v1.RuntimeService/Version";

    private readonly UpstreamGateway _gateway = new();

    public ValueTask InitializeAsync() => _gateway.InitializeAsync();

    public ValueTask DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task DiesBeforeTheAnswer_Unavailable()
    {
        _gateway.Runtime.On(Path, context =>
        {
            ScriptedRuntime.Cut(context);
            return Task.CompletedTask;
        });
        var fault = await FaultAsync();
        Assert.Equal(StatusCode.Unavailable, fault.StatusCode);
        Assert.Contains(_gateway.Runtime.SocketPath, fault.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DiesAmidTheAnswer_WhatWasSentArrivesThenUnavailable()
    {
        var cut = new TaskCompletionSource();
        _gateway.Runtime.On(Path, async context =>
        {
            await ScriptedRuntime.SendAsync(context, [1, 2, 3]);
            await cut.Task;
            ScriptedRuntime.Cut(context);
        });
        using var call = _gateway.Calls.Stream(Path, []);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(UpstreamGateway.Patience));
        Assert.Equal([1, 2, 3], call.ResponseStream.Current);
        cut.SetResult();
        var fault = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(StatusCode.Unavailable, fault.StatusCode);
        Assert.Contains(_gateway.Runtime.SocketPath, fault.Status.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x2, StatusCode.Internal)]
    [InlineData(0x7, StatusCode.Unavailable)]
    [InlineData(0x8, StatusCode.Cancelled)]
    [InlineData(0xb, StatusCode.ResourceExhausted)]
    public async Task ResetsTheCall_TheClientSeesWhatGrpcMakesOfIt(int error, StatusCode expected)
    {
        _gateway.Runtime.On(Path, context =>
        {
            context.Features.Get<IHttpResetFeature>()!.Reset(error);
            return Task.CompletedTask;
        });
        await ReasonsAsync(expected, FaultAsync);
    }

    [Theory]
    [InlineData(0x2, StatusCode.Internal)]
    [InlineData(0x8, StatusCode.Cancelled)]
    [InlineData(0xb, StatusCode.ResourceExhausted)]
    public async Task ResetsTheCallAmidTheRequest_TheClientSeesWhatGrpcMakesOfIt(int error, StatusCode expected)
    {
        _gateway.Runtime.On(Path, async context =>
        {
            Assert.Equal([1], await GrpcBytes.ReadAsync(context.Request.Body));
            context.Features.Get<IHttpResetFeature>()!.Reset(error);
        });
        await ReasonsAsync(expected, async () =>
        {
            using var call = _gateway.Calls.AsyncDuplexStreamingCall(GrpcBytes.Method(Path, MethodType.DuplexStreaming), null, default);
            await call.RequestStream.WriteAsync([1]);
            return await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None)).WaitAsync(UpstreamGateway.Patience);
        });
    }

    [Fact]
    public async Task KilledAndStartedAgain_TheNextCallWorks()
    {
        _gateway.Runtime.OnUnary(Path, _ => [1]);
        Assert.Equal([1], await _gateway.Calls.Unary(Path, []));
        for (var round = 0; round < 3; round++)
        {
            await _gateway.Runtime.StopAsync();
            var fault = await FaultAsync();
            Assert.Equal(StatusCode.Unavailable, fault.StatusCode);
            Assert.Contains("is the runtime running?", fault.Status.Detail, StringComparison.Ordinal);
            await _gateway.Runtime.StartAsync();
            Assert.Equal([1], await _gateway.Calls.Unary(Path, []));
        }
    }

    [Fact]
    public async Task SocketIsMissing_UnavailableNamesIt()
    {
        await _gateway.Runtime.StopAsync();
        File.Delete(_gateway.Runtime.SocketPath);
        var fault = await FaultAsync();
        Assert.Equal(StatusCode.Unavailable, fault.StatusCode);
        Assert.Equal(
            $"the container runtime at '{_gateway.Runtime.SocketPath}' cannot be reached: there is no such file; is the runtime running?", fault.Status.Detail);
    }

    [Fact]
    public async Task NoCluster_AttachSaysSoAtOnceAndOtherCallsPass()
    {
        _gateway.Runtime.OnUnary(Path, _ => [1]);
        var start = TimeProvider.System.GetTimestamp();
        foreach (var service in (string[])["runtime.v1.RuntimeService", "runtime.v1alpha2.RuntimeService"])
        {
            // A container id and stdout: {1: "abc", 4: true}.
            var fault = await Assert.ThrowsAsync<RpcException>(async () => await _gateway.Calls.Unary($"/{service}/Attach", [10, 3, 97, 98, 99, 32, 1]));
            Assert.Equal(StatusCode.Unavailable, fault.StatusCode);
            Assert.Contains("no silo of the cluster has been reached yet", fault.Status.Detail, StringComparison.Ordinal);
        }

        Assert.True(TimeProvider.System.GetElapsedTime(start) < UpstreamGateway.Patience);
        Assert.Equal([1], await _gateway.Calls.Unary(Path, []));
    }

    [Fact]
    public async Task GatewayStops_AnOpenCallIsToldAndHoldsNothingUp()
    {
        var began = new TaskCompletionSource();
        _gateway.Runtime.On(Path, async context =>
        {
            await ScriptedRuntime.SendAsync(context, [1]);
            var ended = new TaskCompletionSource();
            context.RequestAborted.Register(ended.SetResult);
            began.SetResult();
            await ended.Task;
        });
        using var channel = CriChannel.Open(_gateway.CriSocket);
        using var call = channel.CreateCallInvoker().Stream(Path, []);
        Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(UpstreamGateway.Patience));
        await began.Task;
        var stop = _gateway.StopGatewayAsync();
        var fault = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None)).WaitAsync(UpstreamGateway.Patience);
        Assert.Equal((StatusCode.Unavailable, "the gateway is stopping"), (fault.StatusCode, fault.Status.Detail));
        await stop.WaitAsync(UpstreamGateway.Patience);
    }

    /// <summary>A reset that meets a request under way may lose its reason (<see cref="Gateway.Upstream.UpstreamFault"/>), and then is no other one's.</summary>
    private async Task ReasonsAsync(StatusCode expected, Func<Task<RpcException>> call)
    {
        List<StatusCode> seen = [];
        for (var round = 0; round < 20; round++)
        {
            var fault = await call();
            Assert.Contains(_gateway.Runtime.SocketPath, fault.Status.Detail, StringComparison.Ordinal);
            seen.Add(fault.StatusCode);
        }

        Assert.Contains(expected, seen);
        Assert.DoesNotContain(seen, code => code != expected && code != StatusCode.Unavailable);
    }

    private async Task<RpcException> FaultAsync() =>
        await Assert.ThrowsAsync<RpcException>(async () => await _gateway.Calls.Unary(Path, [])).WaitAsync(UpstreamGateway.Patience);
}
