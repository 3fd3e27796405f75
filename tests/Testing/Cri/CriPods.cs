using CriAttach.Protos.Runtime.V1;
using Grpc.Core;

namespace CriAttach.Testing.Cri;

/// <summary>Runs pods through any CRI endpoint, as a kubelet would, on the node's own network.</summary>
/// <param name="channel">A channel to the endpoint.</param>
/// <param name="image">The image of the containers.</param>
/// <param name="logDirectory">Where the pods' log directories are made.</param>
public sealed class CriPods(ChannelBase channel, string image, string logDirectory)
{
    private readonly RuntimeService.RuntimeServiceClient _runtime = new(channel);
    private int _pods;

    /// <summary>Runs a pod's sandbox.</summary>
    /// <exception cref="RpcException">The runtime refused.</exception>
    public async Task<CriPod> RunAsync(string? name = null, CancellationToken cancellationToken = default)
    {
        name ??= $"pod{Interlocked.Increment(ref _pods)}";
        string logs = Path.Combine(logDirectory, name);
        Directory.CreateDirectory(logs);
        PodSandboxConfig config = new()
        {
            Metadata = new PodSandboxMetadata { Name = name, Namespace = "default", Uid = Guid.NewGuid().ToString("N") },
            LogDirectory = logs,
            Linux = new LinuxPodSandboxConfig
            {
                CgroupParent = "/criattach-test",
                SecurityContext = new LinuxSandboxSecurityContext { NamespaceOptions = HostNetwork() },
            },
        };
        RunPodSandboxResponse sandbox = await _runtime.RunPodSandboxAsync(
            new RunPodSandboxRequest { Config = config }, cancellationToken: cancellationToken).ConfigureAwait(false);
        return new CriPod(_runtime, config, sandbox.PodSandboxId, image);
    }

    internal static NamespaceOption HostNetwork() =>
        new() { Network = NamespaceMode.Node, Pid = NamespaceMode.Container, Ipc = NamespaceMode.Pod };
}
