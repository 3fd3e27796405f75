using CriAttach.Gateway.Streaming;
using CriAttach.Interfaces.Faults;
using Grpc.Core;

namespace CriAttach.Gateway.Cri;

/// <summary>The one place where faults become gRPC codes.</summary>
internal static class FaultMap
{
    /// <summary>The status of a fault.</summary>
    /// <param name="fault">The fault.</param>
    public static Status StatusOf(Exception fault) => fault switch
    {
        RpcException own => own.Status,
        ContainerNotFoundException => new Status(StatusCode.NotFound, fault.Message),
        AmbiguousContainerException => new Status(StatusCode.InvalidArgument, fault.Message),
        InvalidContainerSpecException => new Status(StatusCode.InvalidArgument, fault.Message),
        ContainerStateException => new Status(StatusCode.FailedPrecondition, fault.Message),
        TooManySessionsException => new Status(StatusCode.ResourceExhausted, fault.Message),
        NodeUnavailableException or GatewayDrainingException or RecordingFailedException => new Status(StatusCode.Unavailable, fault.Message),
        OperationCanceledException => new Status(StatusCode.Cancelled, "the call was cancelled"),
        TimeoutException => new Status(StatusCode.Unavailable, "a silo did not answer in time"),
        OrleansException => new Status(StatusCode.Unavailable, $"no silo could be reached: {fault.Message}"),
        CriAttachException => new Status(StatusCode.Internal, fault.Message),
        _ => new Status(StatusCode.Internal, "the gateway failed; its log says more"),
    };
}
