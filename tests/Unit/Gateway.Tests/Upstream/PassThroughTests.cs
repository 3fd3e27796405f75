using System.Net;
using System.Security.Cryptography;
using CriAttach.Testing.Http;
using CriAttach.Testing.Upstream;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace CriAttach.Gateway.Tests.Upstream;

/// <summary>Calls of any name, message and shape reach the runtime and come back as they are.</summary>
public sealed class PassThroughTests(UpstreamGateway gateway) : IClassFixture<UpstreamGateway>
{
    // A method that no release of CRI has.
    private const string Future = "/runtime.v9.RuntimeService/DoWhatNobodyKnows";
    private const int Large = 20 * 1024 * 1024;

    [Fact]
    public async Task UnknownFutureMethod_BytesPassBothWays()
    {
        var (request, answer) = (RandomNumberGenerator.GetBytes(1000), RandomNumberGenerator.GetBytes(3000));
        byte[]? seen = null;
        gateway.Runtime.OnUnary(Future, message =>
        {
            seen = message;
            return answer;
        });
        Assert.Equal(answer, await gateway.Calls.Unary(Future, request));
        Assert.Equal(request, seen);
    }

    [Theory]
    [InlineData("/runtime.v1.RuntimeService/Version")]
    [InlineData("/runtime.v1.RuntimeService/Status")]
    [InlineData("/runtime.v1.RuntimeService/ListContainers")]
    [InlineData("/runtime.v1.RuntimeService/ContainerStatus")]
    public async Task MethodsThatTheGatewayKnowsItself_AreTheRuntimes(string path)
    {
        gateway.Runtime.OnUnary(path, _ => [8, 1]);
        Assert.Equal([8, 1], await gateway.Calls.Unary(path, []));
    }

    [Fact]
    public async Task UnknownToTheRuntime_ItsOwnUnimplementedComesBack()
    {
        var fault = await Assert.ThrowsAsync<RpcException>(async () => await gateway.Calls.Unary("/runtime.v1.RuntimeService/Nothing", []));
        Assert.Equal(StatusCode.Unimplemented, fault.StatusCode);
        Assert.Equal("unknown method Nothing for service runtime.v1.RuntimeService", fault.Status.Detail);
    }

    [Fact]
    public async Task Messages20MiB_PassBothWays()
    {
        const string path = "/x.Large/Echo";
        var message = RandomNumberGenerator.GetBytes(Large);
        gateway.Runtime.On(path, async context =>
        {
            var whole = await GrpcBytes.ReadAsync(context.Request.Body);
            await ScriptedRuntime.SendAsync(context, whole!);
            ScriptedRuntime.End(context, StatusCode.OK);
        });
        using var http = Http();
        using var content = new ByteArrayContent(GrpcBytes.Framed(message));
        using var response = await PostAsync(http, path, content);
        var body = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal("0", Assert.Single(response.TrailingHeaders.GetValues("grpc-status")));
        Assert.True(GrpcBytes.Framed(message).AsSpan().SequenceEqual(body));
    }

    [Fact]
    public async Task ServerStream_EachMessageArrivesWhenItIsSent()
    {
        const string path = "/x.Stream/Events";
        var next = new SemaphoreSlim(0);
        gateway.Runtime.On(path, async context =>
        {
            for (byte number = 0; number < 3; number++)
            {
                await next.WaitAsync();
                await ScriptedRuntime.SendAsync(context, [number]);
            }

            ScriptedRuntime.End(context, StatusCode.OutOfRange, "no more");
        });
        using var call = gateway.Calls.Stream(path, []);
        for (byte number = 0; number < 3; number++)
        {
            next.Release();
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(UpstreamGateway.Patience));
            Assert.Equal([number], call.ResponseStream.Current);
        }

        var end = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal((StatusCode.OutOfRange, "no more"), (end.StatusCode, end.Status.Detail));
    }

    [Fact]
    public async Task BothSidesStream_AnswersComeWhileTheRequestIsOpen()
    {
        const string path = "/x.Stream/Chat";
        gateway.Runtime.On(path, async context =>
        {
            while (await GrpcBytes.ReadAsync(context.Request.Body) is { } message)
            {
                await ScriptedRuntime.SendAsync(context, message);
            }

            ScriptedRuntime.End(context, StatusCode.OK);
        });
        using var call = gateway.Calls.AsyncDuplexStreamingCall(GrpcBytes.Method(path, MethodType.DuplexStreaming), null, default);
        foreach (var word in (byte[][])[[1], [2, 2], [3, 3, 3]])
        {
            await call.RequestStream.WriteAsync(word);
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(UpstreamGateway.Patience));
            Assert.Equal(word, call.ResponseStream.Current);
        }

        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None));
    }

    [Fact]
    public async Task HeadersLongBeforeTheFirstMessage_ArriveAtOnce()
    {
        const string path = "/x.Stream/Silent";
        var ended = new TaskCompletionSource();
        gateway.Runtime.On(path, async context =>
        {
            context.Response.ContentType = "application/grpc";
            context.Response.Headers["early"] = "bird";
            await context.Response.Body.FlushAsync();
            await ended.Task;
            ScriptedRuntime.End(context, StatusCode.OK);
        });
        using var call = gateway.Calls.Stream(path, []);
        var headers = await call.ResponseHeadersAsync.WaitAsync(UpstreamGateway.Patience);
        Assert.Equal("bird", headers.GetValue("early"));
        ended.SetResult();
        Assert.False(await call.ResponseStream.MoveNext(CancellationToken.None).WaitAsync(UpstreamGateway.Patience));
    }

    [Fact]
    public async Task MetadataOfBothKinds_PassesInRequestHeadersAndTrailers()
    {
        const string path = "/x.Metadata/Echo";
        const string trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        var binary = RandomNumberGenerator.GetBytes(100);
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        gateway.Runtime.On(path, async context =>
        {
            foreach (var (name, value) in context.Request.Headers)
            {
                seen[name] = value.ToString();
            }

            context.Response.Headers["answer-bin"] = context.Request.Headers["ask-bin"];
            context.Response.Headers.Append("twice", "one");
            context.Response.Headers.Append("twice", "two");
            await ScriptedRuntime.SendAsync(context, []);
            context.Response.AppendTrailer("last-bin", context.Request.Headers["ask-bin"]);
            ScriptedRuntime.End(context, StatusCode.OK);
        });
        Metadata metadata = new()
        {
            { "ask", "why not" }, { "ask-bin", binary }, { "traceparent", trace }, { "tracestate", "vendor=1" }, { "baggage", "a=b" }, { "authorization", "Bearer theirs" },
        };
        using var call = gateway.Calls.Unary(path, [], new CallOptions(metadata));
        await call;
        var headers = await call.ResponseHeadersAsync;
        Assert.Equal(binary, headers.GetValueBytes("answer-bin"));
        Assert.Equal(["one", "two"], headers.Where(entry => entry.Key == "twice").Select(entry => entry.Value));
        Assert.Equal(binary, call.GetTrailers().GetValueBytes("last-bin"));
        Assert.Equal("why not", seen["ask"]);
        Assert.Equal(trace, seen["traceparent"]);
        Assert.Equal("vendor=1", seen["tracestate"]);
        Assert.Equal("a=b", seen["baggage"]);
        Assert.Equal("trailers", seen["TE"]);
        Assert.Equal("Bearer theirs", seen["Authorization"]);
        Assert.Equal("localhost", seen["Host"]);
        Assert.StartsWith("grpc-dotnet/", seen["User-Agent"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task HeadersAlone_StayHeadersAlone()
    {
        const string path = "/x.Refuse/Me";
        gateway.Runtime.On(path, context =>
        {
            ScriptedRuntime.Refuse(context, StatusCode.NotFound, "no such thing: %E2%82%AC");
            return Task.CompletedTask;
        });
        using var http = Http();
        using var content = new ByteArrayContent(GrpcBytes.Framed([]));
        using var response = await PostAsync(http, path, content);
        Assert.Equal("5", Assert.Single(response.Headers.GetValues("grpc-status")));
        Assert.Equal("no such thing: %E2%82%AC", Assert.Single(response.Headers.GetValues("grpc-message")));
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        Assert.Empty(response.TrailingHeaders);
    }

    [Fact]
    public async Task Deadline_ReachesTheRuntimeAndEndsItsCall()
    {
        const string path = "/x.Slow/Never";
        var (asked, ended) = (new TaskCompletionSource<string>(), new TaskCompletionSource());
        gateway.Runtime.On(path, async context =>
        {
            asked.SetResult(context.Request.Headers["grpc-timeout"].ToString());
            context.RequestAborted.Register(ended.SetResult);
            await ended.Task;
        });
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime.AddMilliseconds(500);
        var fault = await Assert.ThrowsAsync<RpcException>(async () => await gateway.Calls.Unary(path, [], new CallOptions(deadline: deadline)));
        Assert.Equal(StatusCode.DeadlineExceeded, fault.StatusCode);
        Assert.Matches("^[0-9]+[munS]$", await asked.Task);
        await ended.Task.WaitAsync(UpstreamGateway.Patience);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientCancels_TheRuntimeIsTold(bool afterMessage)
    {
        const string path = "/x.Slow/Cancelled";
        var (began, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        gateway.Runtime.On(path, async context =>
        {
            context.RequestAborted.Register(ended.SetResult);
            if (afterMessage)
            {
                await ScriptedRuntime.SendAsync(context, [1]);
            }

            began.SetResult();
            await ended.Task;
        });
        using var cancel = new CancellationTokenSource();
        using var call = gateway.Calls.Stream(path, [], new CallOptions(cancellationToken: cancel.Token));
        await began.Task.WaitAsync(UpstreamGateway.Patience);
        if (afterMessage)
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
        }

        await cancel.CancelAsync();
        await ended.Task.WaitAsync(UpstreamGateway.Patience);
    }

    [Fact]
    public void SilenceIsNoFault() => Assert.Equal(Timeout.InfiniteTimeSpan, CriAttach.Gateway.Upstream.CallForwarder.Config.ActivityTimeout);

    private HttpMessageInvoker Http() => new(UnixSocketHandler.For(gateway.CriSocket));

    private static async Task<HttpResponseMessage> PostAsync(HttpMessageInvoker http, string path, HttpContent content)
    {
        content.Headers.TryAddWithoutValidation("Content-Type", "application/grpc");
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://localhost" + path)
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("TE", "trailers");
        return await http.SendAsync(request, CancellationToken.None).WaitAsync(UpstreamGateway.Patience);
    }
}
