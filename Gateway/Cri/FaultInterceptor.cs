using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CriAttach.Gateway.Cri;

/// <summary>Turns what calls throw into gRPC statuses.</summary>
/// <param name="logger">The log.</param>
internal sealed partial class FaultInterceptor(ILogger<FaultInterceptor> logger) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception fault) when (fault is not RpcException)
        {
            var status = FaultMap.StatusOf(fault);
            if (status.StatusCode is StatusCode.Internal or StatusCode.Unavailable)
            {
                Log.Failed(logger, context.Method, status.StatusCode, fault);
            }

            throw new RpcException(status);
        }
    }
}
