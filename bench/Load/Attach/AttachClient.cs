using CriAttach.Protos.Runtime.V1;
using CriAttach.Testing.Cri;
using Grpc.Net.Client;

namespace CriAttach.Load.Attach;

/// <summary>Attaches as a kubelet's client does: the CRI call, then the WebSocket at the address it returns.</summary>
internal sealed class AttachClient : IDisposable
{
    private const int StreamBuffer = 256 * 1024;

    private readonly GrpcChannel _channel;
    private readonly RuntimeService.RuntimeServiceClient _runtime;

    internal AttachClient(string criSocket)
    {
        _channel = CriChannel.Open(criSocket);
        _runtime = new RuntimeService.RuntimeServiceClient(_channel);
    }

    internal AttachSession Attach(string containerId, int bufferSize = StreamBuffer) => AttachSession.Open(Request(containerId), bufferSize);

    /// <summary>The CRI call alone.</summary>
    /// <returns>The address to open.</returns>
    internal Uri Request(string containerId)
    {
        // stdin always: containerd ends a session without it at once.
        AttachRequest request = new() { ContainerId = containerId, Stdin = true, Stdout = true, Stderr = true };
        return new Uri(_runtime.Attach(request).Url);
    }

    public void Dispose() => _channel.Dispose();
}
