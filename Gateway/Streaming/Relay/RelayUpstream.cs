using CriAttach.Transports.Dialing;
using CriAttach.Transports.Spdy;
using CriAttach.Wire.Http;

namespace CriAttach.Gateway.Streaming.Relay;

/// <summary>Dials runtimes for clients that wait, and passes on what a runtime refuses.</summary>
/// <param name="time">The clock.</param>
internal sealed class RelayUpstream(TimeProvider time)
{
    private const int MaxStreams = 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // The runtime takes no ping for four hours as a sign that nobody is there.
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(30);

    /// <summary>How the connections behave, on either side.</summary>
    public static SpdyOptions Options { get; } = new() { MaxStreams = MaxStreams, PingInterval = PingInterval };

    /// <summary>Dials.</summary>
    /// <param name="url">The runtime's URL.</param>
    /// <param name="protocol">What is spoken there.</param>
    /// <param name="context">The client's request: answered with the runtime's own words when it refuses.</param>
    /// <returns>The started connection; none when the request is answered.</returns>
    public async Task<SpdyConnection?> DialAsync(Uri url, string protocol, HttpContext context)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
        try
        {
            return (await new SpdyDialer(Options, time).DialAsync(url, [protocol], stop.Token)).Connection;
        }
        catch (UpgradeRefusedException refused) when (refused.StatusCode >= StatusCodes.Status400BadRequest)
        {
            await PlainText.AnswerAsync(context.Response, refused.StatusCode, refused.Body.TrimEnd('\n'));
        }
        catch (Exception fault) when (fault is IOException or HttpFormatException or System.Security.Authentication.AuthenticationException)
        {
            await PlainText.AnswerAsync(context.Response, StatusCodes.Status502BadGateway, $"the runtime's streaming server cannot be used: {fault.Message}");
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody waits for the answer any more.
        }
        catch (OperationCanceledException)
        {
            await PlainText.AnswerAsync(
                context.Response, StatusCodes.Status504GatewayTimeout, $"the runtime's streaming server did not answer within {Patience.TotalSeconds} s");
        }

        return null;
    }
}
