using System.Collections.Concurrent;
using System.Text.Json;
using CriAttach.Grains.Ports;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Silo.Agent;
using CriAttach.Silo.Runtimes.CriUpstream.Cri;
using CriAttach.Silo.State;
using Microsoft.Extensions.Options;

namespace CriAttach.Silo.Runtimes.CriUpstream;

/// <summary>The containers of another runtime on this node: containerd, CRI-O, iSulad. They are made, started and rotated there; here they are found and attached to.</summary>
internal sealed partial class CriUpstreamRuntime(UpstreamServices services, IOptions<NodeOptions> node, ILogger<CriUpstreamRuntime> logger) : IContainerSource, IDisposable
{
    private readonly ConcurrentDictionary<string, UpstreamContainer> _containers = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "criupstream";

    /// <inheritdoc/>
    public Task<IRuntimeContainer> CreateAsync(ContainerKey key, ContainerSpec spec, CancellationToken cancellationToken) =>
        throw new InvalidContainerSpecException($"containers of the runtime '{Name}' are made by the kubelet, not here");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<IRuntimeContainer>> RecoverAsync(CancellationToken cancellationToken)
    {
        // Those that sessions may still belong to come first, and without asking the runtime, which may be down.
        foreach (var id in ContainerFolder.List(node.Value, Name))
        {
            var folder = new ContainerFolder(node.Value, Name, id);
            try
            {
                if (folder.Load() is { } record)
                {
                    // Whether it has ended since is found out by following it.
                    var info = record.Info with { State = ContainerState.Running, ExitCode = null };
                    var container = new UpstreamContainer(services, info, new PodName(info.Spec.PodNamespace, info.Spec.PodName), folder);
                    container.Follow(record);
                    _containers[id] = container;
                }
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
            {
                // One broken record must not keep the node down.
                LogNotRecovered(logger, id, fault);
                folder.Delete();
            }
        }

        try
        {
            await LookAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CriAttachException fault)
        {
            LogUnavailable(logger, fault.Message);
        }

        return [.. _containers.Values];
    }
}
