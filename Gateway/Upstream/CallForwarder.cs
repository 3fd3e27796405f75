using System.Net;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace CriAttach.Gateway.Upstream;

/// <summary>Passes a call to the runtime, byte for byte in both directions, and says in gRPC's words when it did not get through.</summary>
internal sealed partial class CallForwarder : IDisposable
{
    private const string Destination = "http://localhost";

    // Calls may be silent for as long as the client likes: deadlines are the client's, and the runtime's.
    internal static readonly ForwarderRequestConfig Config = new()
    {
        ActivityTimeout = Timeout.InfiniteTimeSpan,
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    // How long calls that are under way may take when the gateway stops; the server waits for them, and meanwhile nobody serves the kubelet.
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(2);

    private readonly CallTransformer _transformer = new();
    private readonly IHttpForwarder _forwarder;
    private readonly UpstreamClient _client;
    private readonly ILogger<CallForwarder> _logger;
    private readonly CancellationTokenSource _stopped;
    private readonly CancellationTokenRegistration _stopping;

    /// <summary>Makes the forwarder.</summary>
    /// <param name="forwarder">What copies.</param>
    /// <param name="client">The runtime.</param>
    /// <param name="lifetime">Says when the gateway stops.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">The log.</param>
    public CallForwarder(
        IHttpForwarder forwarder, UpstreamClient client, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<CallForwarder> logger)
    {
        (_forwarder, _client, _logger) = (forwarder, client, logger);
        _stopped = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _stopping = lifetime.ApplicationStopping.Register(() => _stopped.CancelAfter(StopGrace));
    }

    /// <summary>Passes a call.</summary>
    /// <param name="context">The call.</param>
    public async Task ForwardAsync(HttpContext context)
    {
        var reset = context.Features.Get<IHttpResetFeature>();
        context.Features.Set<IHttpResetFeature>(new HeldReset());
        var error = await _forwarder.SendAsync(context, Destination, _client.Invoker, Config, _transformer, _stopped.Token);
        context.Features.Set(reset);
        if (error == ForwarderError.None || context.RequestAborted.IsCancellationRequested || GrpcReply.HasStatus(context.Response))
        {
            return;
        }

        var fault = context.Features.Get<IForwarderErrorFeature>();
        var status = _stopped.IsCancellationRequested
            ? new Status(StatusCode.Unavailable, "the gateway is stopping")
            : UpstreamFault.StatusOf(_client.Socket.Path, fault);

        // While the runtime is away every call fails; the reason says all that there is to know then.
        Log.Failed(_logger, context.Request.Path, error, status.Detail, status.StatusCode == StatusCode.Unavailable ? null : fault?.Exception);
        GrpcReply.Fail(context.Response, status);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Dispose();
        _stopped.Dispose();
    }
}
