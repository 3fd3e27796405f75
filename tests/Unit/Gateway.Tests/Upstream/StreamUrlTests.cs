using CriAttach.Protos.Runtime.V1;
using CriAttach.Testing.Upstream;
using Google.Protobuf;
using Grpc.Core;

namespace CriAttach.Gateway.Tests.Upstream;

/// <summary>The two calls whose answer is a URL: it becomes one of ours, and nothing else changes.</summary>
public sealed class StreamUrlTests(UpstreamGateway gateway) : IClassFixture<UpstreamGateway>
{
    private const string Exec = "/runtime.v1.RuntimeService/Exec";
    private const string Theirs = "http://127.0.0.1:1/exec/abcdefgh";

    [Theory]
    [InlineData("Exec", "exec")]
    [InlineData("PortForward", "portforward")]
    public async Task RuntimeAnswers_TheUrlIsOurs(string method, string route)
    {
        var path = "/runtime.v1.RuntimeService/" + method;
        gateway.Runtime.OnUnary(path, _ => new ExecResponse { Url = Theirs }.ToByteArray());
        var answer = ExecResponse.Parser.ParseFrom(await gateway.Calls.Unary(path, new ExecRequest { ContainerId = "c", Stdout = true }.ToByteArray()));
        var url = new Uri(answer.Url);
        Assert.Equal("127.0.0.1", url.Host);
        Assert.Matches($"^/{route}/[A-Za-z0-9_.-]{{22,}}$", url.AbsolutePath);
        Assert.Empty(url.Query);
    }

    [Fact]
    public async Task TheRuntimeGetsTheRequestAsItIs()
    {
        byte[] request = [.. new ExecRequest { ContainerId = "c", Stdout = true }.ToByteArray(), 122, 1, 33];
        byte[]? seen = null;
        gateway.Runtime.OnUnary(Exec, message =>
        {
            seen = message;
            return new ExecResponse { Url = Theirs }.ToByteArray();
        });
        await gateway.Calls.Unary(Exec, request);
        Assert.Equal(request, seen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RuntimeRefuses_ItsFaultComesBack(bool headersAlone)
    {
        gateway.Runtime.On(Exec, async context =>
        {
            if (headersAlone)
            {
                ScriptedRuntime.Refuse(context, StatusCode.NotFound, "no such container");
                return;
            }

            context.Response.ContentType = "application/grpc";
            await context.Response.Body.FlushAsync();
            ScriptedRuntime.End(context, StatusCode.NotFound, "no such container");
        });
        var fault = await Assert.ThrowsAsync<RpcException>(async () => await gateway.Calls.Unary(Exec, []));
        Assert.Equal((StatusCode.NotFound, "no such container"), (fault.StatusCode, fault.Status.Detail));
    }

    [Theory]
    [InlineData(new byte[] { 10, 0 })]
    [InlineData(new byte[] { 10, 4, 47, 97, 47, 98 })]
    [InlineData(new byte[] { 255, 255, 255 })]
    public async Task AnswerHasNoUrlThatCouldBeDialled_PassesAsItIs(byte[] answer)
    {
        gateway.Runtime.OnUnary(Exec, _ => answer);
        Assert.Equal(answer, await gateway.Calls.Unary(Exec, []));
    }

    [Fact]
    public async Task RuntimeDies_Unavailable()
    {
        gateway.Runtime.On(Exec, context =>
        {
            ScriptedRuntime.Cut(context);
            return Task.CompletedTask;
        });
        var fault = await Assert.ThrowsAsync<RpcException>(async () => await gateway.Calls.Unary(Exec, []));
        Assert.Equal(StatusCode.Unavailable, fault.StatusCode);
    }

    [Fact]
    public async Task RequestLongerThanGrpcAllows_ResourceExhausted()
    {
        gateway.Runtime.OnUnary(Exec, _ => []);
        var fault = await Assert.ThrowsAsync<RpcException>(async () => await gateway.Calls.Unary(Exec, new byte[16 * 1024 * 1024]));
        Assert.Equal(StatusCode.ResourceExhausted, fault.StatusCode);
    }
}
