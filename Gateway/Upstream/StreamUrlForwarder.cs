using CriAttach.Gateway.Streaming;
using CriAttach.Gateway.Streaming.Relay;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace CriAttach.Gateway.Upstream;

/// <summary>
/// Passes the calls whose answer is the URL of a stream, and puts one of this gateway in its place: clients of every transport can open it, the runtime's own
/// knows SPDY and some WebSocket. These messages alone are held in memory; what the runtime refuses passes unchanged.
/// </summary>
/// <param name="forwarder">Passes calls.</param>
/// <param name="profiles">Which URLs callers get.</param>
/// <param name="urls">The URLs of ours.</param>
/// <param name="logger">The log.</param>
internal sealed partial class StreamUrlForwarder(
    CallForwarder forwarder, IUrlProfileSelector profiles, IRelayUrls urls, ILogger<StreamUrlForwarder> logger)
{
    private const int MaxMessage = 16 * 1024 * 1024;
    private const string EncodingHeader = "grpc-encoding";

    /// <summary>Passes a call.</summary>
    /// <param name="context">The call.</param>
    /// <param name="call">Its method.</param>
    public async Task ForwardAsync(HttpContext context, StreamUrlCall call)
    {
        using var request = new BoundedBuffer(MaxMessage);
        try
        {
            await context.Request.Body.CopyToAsync(request, context.RequestAborted);
        }
        catch (BufferFullException fault)
        {
            GrpcReply.Fail(context.Response, new Status(StatusCode.ResourceExhausted, fault.Message));
            return;
        }

        request.Position = 0;
        context.Request.Body = request;
        var client = context.Features.Get<IHttpResponseBodyFeature>();
        using var answer = new BoundedBuffer(MaxMessage);
        context.Response.Body = answer;
        await forwarder.ForwardAsync(context);
        context.Features.Set(client);
        if (answer.Length > 0)
        {
            await AnswerAsync(context, call, request.ToArray(), answer.ToArray());
        }
    }

    private async Task AnswerAsync(HttpContext context, StreamUrlCall call, byte[] request, byte[] answer)
    {
        try
        {
            var ours = Replace(context, call, request, answer);
            if (ours is null)
            {
                Log.Unchanged(logger, context.Request.Path);
            }

            context.Response.ContentLength = null;
            await context.Response.Body.WriteAsync(ours is null ? answer : GrpcMessage.Write(ours), context.RequestAborted);
        }
        catch (RelayLimitException fault)
        {
            GrpcReply.Fail(context.Response, new Status(StatusCode.ResourceExhausted, fault.Message));
        }
    }

    private byte[]? Replace(HttpContext context, StreamUrlCall call, byte[] request, byte[] answer)
    {
        try
        {
            return GrpcMessage.Read(request, context.Request.Headers[EncodingHeader], MaxMessage) is { } asked
                && GrpcMessage.Read(answer, context.Response.Headers[EncodingHeader], MaxMessage) is { } answered
                    ? call.Replace(urls, asked, answered, profiles.For(context))
                    : null;
        }
        catch (InvalidProtocolBufferException)
        {
            // Not the messages that we know under this name.
            return null;
        }
    }
}
