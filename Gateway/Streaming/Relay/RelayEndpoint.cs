using CriAttach.Transports.Spdy;
using CriAttach.Wire.Channels;

namespace CriAttach.Gateway.Streaming.Relay;

/// <summary>
/// Answers <c>/exec/{token}</c> and <c>/portforward/{token}</c> in a runtime's stead: a client of any protocol here, the runtime over SPDY
/// there. It is the runtime's answer that the client gets, so the runtime is dialled before the client's request is answered.
/// </summary>
/// <param name="tokens">The tokens.</param>
/// <param name="upstream">Dials the runtime.</param>
/// <param name="execs">The protocols of exec, in the order in which they are asked.</param>
/// <param name="portForwards">The protocols of port-forward, in the order in which they are asked.</param>
/// <param name="services">What all relays share.</param>
internal sealed partial class RelayEndpoint(
    RelayTokens tokens,
    RelayUpstream upstream,
    IEnumerable<IAttachUpgrade> execs,
    IEnumerable<IPortForwardUpgrade> portForwards,
    RelayServices services)
{
    private const string PortForwardProtocol = "portforward.k8s.io";

    private readonly IAttachUpgrade[] _execs = [.. execs];
    private readonly IPortForwardUpgrade[] _portForwards = [.. portForwards];

    /// <summary>Uses a token up that was shown where it is not for.</summary>
    /// <param name="token">The token.</param>
    public void Burn(string token) => tokens.Take(token);

    /// <summary>Answers a request for an exec, and serves it until the end.</summary>
    /// <param name="context">The request.</param>
    /// <param name="token">The token in its path.</param>
    public async Task ExecAsync(HttpContext context, string token)
    {
        if (tokens.Take(token) is not { Kind: RelayKind.Exec, Streams: { } streams } target)
        {
            await PlainText.NotFoundAsync(context.Response);
            return;
        }

        SpdyConnection? runtime = null;
        try
        {
            var transport = await _execs.First(one => one.Matches(context.Request)).UpgradeAsync(
                context, gate: async () => (runtime = await DialAsync(context, target, StreamProtocol.V4.Name)) is not null);
            if (transport is not null)
            {
                await using (transport)
                {
                    await services.Live.RunAsync(new ExecSession(target, streams, transport, runtime!, services));
                }
            }
        }
        finally
        {
            await (runtime?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    /// <summary>Answers a request for a port-forward, and serves it until the end.</summary>
    /// <param name="context">The request.</param>
    /// <param name="token">The token in its path.</param>
    public async Task PortForwardAsync(HttpContext context, string token)
    {
        if (tokens.Take(token) is not { Kind: RelayKind.PortForward } target)
        {
            await PlainText.NotFoundAsync(context.Response);
            return;
        }

        SpdyConnection? runtime = null;
        try
        {
            var activity = new ActivityWatch(services.Time);
            var options = RelayUpstream.Options with { OnReceived = activity.Touch };
            var client = await _portForwards.First(one => one.Matches(context.Request)).UpgradeAsync(
                context, options, async () => (runtime = await DialAsync(context, target, PortForwardProtocol)) is not null);
            if (client is not null)
            {
                await services.Live.RunAsync(new PortForwardSession(target, client, runtime!, activity, services));
            }
        }
        finally
        {
            await (runtime?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private async Task<SpdyConnection?> DialAsync(HttpContext context, RelayTarget target, string protocol)
    {
        var connection = await upstream.DialAsync(target.Upstream, protocol, context);
        if (connection is null && !context.RequestAborted.IsCancellationRequested)
        {
            Log.Refused(services.Logger, target, context.Response.StatusCode);
        }

        return connection;
    }
}
