using CriAttach.Gateway.Streaming;
using CriAttach.Interfaces.Faults;

namespace CriAttach.Gateway.KubeApi;

/// <summary>The one place where faults become statuses.</summary>
internal static class KubeFaults
{
    /// <summary>The status of a fault.</summary>
    /// <param name="fault">The fault.</param>
    public static KubeStatus Of(Exception fault) => fault switch
    {
        KubeStatusException known => known.Status,
        ContainerNotFoundException => new(StatusCodes.Status404NotFound, "NotFound", fault.Message),
        ContainerStateException or BadHttpRequestException => KubeStatus.BadRequest(fault.Message),
        TooManySessionsException => new(StatusCodes.Status429TooManyRequests, "TooManyRequests", fault.Message),
        NodeUnavailableException or GatewayDrainingException or RecordingFailedException => new(StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", fault.Message),
        TimeoutException => new(StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", "a silo did not answer in time"),
        OrleansException => new(StatusCodes.Status503ServiceUnavailable, "ServiceUnavailable", $"no silo could be reached: {fault.Message}"),
        CriAttachException => new(StatusCodes.Status500InternalServerError, "InternalError", $"Internal error occurred: {fault.Message}"),
        _ => new(StatusCodes.Status500InternalServerError, "InternalError", "Internal error occurred: the gateway failed; its log says more"),
    };
}
