using CriAttach.Protos.Runtime.V1;
using Grpc.Core;

namespace CriAttach.Gateway.Cri;

/// <summary>The Kubernetes library's checks of an attach request: same order, same words.</summary>
internal static class AttachValidation
{
    /// <summary>Checks a request.</summary>
    /// <param name="request">The request.</param>
    /// <exception cref="RpcException">InvalidArgument.</exception>
    public static void Check(AttachRequest request)
    {
        var fault =
            request.ContainerId.Length == 0 ? "missing required container_id"
            : request.Tty && request.Stderr ? "tty and stderr cannot both be true"
            : !request.Stdin && !request.Stdout && !request.Stderr ? "one of stdin, stdout, and stderr must be set"
            : null;
        if (fault is not null)
        {
            throw new RpcException(new Status(StatusCode.InvalidArgument, fault));
        }
    }
}
