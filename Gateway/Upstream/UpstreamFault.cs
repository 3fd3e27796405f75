using Grpc.Core;
using Yarp.ReverseProxy.Forwarder;

namespace CriAttach.Gateway.Upstream;

/// <summary>The gRPC status of a call that did not get through.</summary>
internal static class UpstreamFault
{
    // RFC 9113, section 7.
    private const long NoError = 0x0;
    private const long RefusedStream = 0x7;
    private const long Cancel = 0x8;
    private const long EnhanceYourCalm = 0xb;
    private const long InadequateSecurity = 0xc;

    /// <summary>The status of a fault.</summary>
    /// <param name="socket">The runtime's socket.</param>
    /// <param name="fault">What the forwarder met.</param>
    public static Status StatusOf(string socket, IForwarderErrorFeature? fault)
    {
        var causes = Chain(fault?.Exception).ToArray();
        return fault?.Error switch
        {
            // First of all: a reset ends the request's copying too, and the forwarder may name that.
            _ when causes.OfType<HttpProtocolException>().FirstOrDefault() is { } reset => new Status(CodeOf(reset.ErrorCode), $"the container runtime at '{socket}' ended the call: {reset.Message}"),

            // Not by the client, or nobody would be told. Where the reset came while the request was on its way, .NET's client may keep its reason to itself.
            ForwarderError.RequestBodyClient or ForwarderError.RequestBodyCanceled => new Status(StatusCode.Unavailable, $"the container runtime at '{socket}' ended the call before it had taken the request"),
            _ when causes.OfType<BufferFullException>().FirstOrDefault() is { } full => new Status(StatusCode.ResourceExhausted, full.Message),
            _ when causes.OfType<UpstreamConnectException>().FirstOrDefault() is { } connect => new Status(StatusCode.Unavailable, Text(socket, connect)),
            _ => new Status(StatusCode.Unavailable, Text(socket, causes.LastOrDefault())),
        };
    }

    private static string Text(string socket, Exception? cause) => $"the container runtime at '{socket}' cannot be reached: {cause?.Message ?? "the call was cut"}";

    /// <summary>What a client of the runtime would make of a reset (gRPC over HTTP/2, "HTTP2 transport mapping").</summary>
    private static StatusCode CodeOf(long reset) => reset switch
    {
        // Said to the connection rather than to the call: the runtime is going away.
        NoError or RefusedStream => StatusCode.Unavailable,
        Cancel => StatusCode.Cancelled,
        EnhanceYourCalm => StatusCode.ResourceExhausted,
        InadequateSecurity => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };

    private static IEnumerable<Exception> Chain(Exception? fault) => fault switch
    {
        null => [],
        AggregateException many => many.InnerExceptions.SelectMany(Chain),
        _ => Chain(fault.InnerException).Prepend(fault),
    };
}
