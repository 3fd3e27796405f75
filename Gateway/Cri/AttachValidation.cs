using CriAttach.Gateway.Streaming;
using CriAttach.Interfaces.Sessions;
using CriAttach.Protos.Runtime.V1;
using Grpc.Core;

namespace CriAttach.Gateway.Cri;

/// <summary>Checks an attach request before anybody is asked.</summary>
internal static class AttachValidation
{
    /// <summary>Checks a request.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The streams that it asks for.</returns>
    /// <exception cref="RpcException">InvalidArgument.</exception>
    public static AttachStreams Check(AttachRequest request)
    {
        var streams = new AttachStreams { Stdin = request.Stdin, Stdout = request.Stdout, Stderr = request.Stderr, Tty = request.Tty };
        var fault = request.ContainerId.Length == 0 ? "missing required container_id" : StreamsCheck.Fault(streams);
        return fault is null ? streams : throw new RpcException(new Status(StatusCode.InvalidArgument, fault));
    }
}
