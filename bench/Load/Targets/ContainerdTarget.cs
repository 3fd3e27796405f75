using CriAttach.Testing.Containerd;
using CriAttach.Testing.Cri;

namespace CriAttach.Load.Targets;

/// <summary>Debian's containerd, attached to directly.</summary>
internal sealed class ContainerdTarget : ITarget
{
    private readonly ContainerdDaemon _daemon;
    private readonly CriPod _pod;

    private ContainerdTarget(ContainerdDaemon daemon, CriPod pod)
    {
        _daemon = daemon;
        _pod = pod;
    }

    public string CriSocket => _daemon.SocketPath;

    internal static async Task<ITarget> StartAsync(string directory, CancellationToken cancellationToken)
    {
        ContainerdDaemon daemon = await ContainerdDaemon.StartAsync(directory, BenchImage.Image, cancellationToken).ConfigureAwait(false);
        try
        {
            return new ContainerdTarget(daemon, await daemon.Pods.RunAsync(cancellationToken: cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            await daemon.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public IReadOnlyList<TargetProcess> Processes() =>
        [new TargetProcess("containerd", _daemon.ProcessId), .. _daemon.ShimProcessIds().Select(pid => new TargetProcess("shim", pid))];

    public async Task<TargetContainer> StartContainerAsync(IReadOnlyList<string> command, CancellationToken cancellationToken)
    {
        CriContainer container = await _pod.StartAsync(new CriContainerSpec { Command = command, Stdin = true }, cancellationToken).ConfigureAwait(false);
        return new TargetContainer(container.Id, container.LogPath);
    }

    public async Task RemoveContainerAsync(TargetContainer container, CancellationToken cancellationToken)
    {
        await _pod.RemoveAsync(new CriContainer(container.Id, container.LogPath), cancellationToken: cancellationToken).ConfigureAwait(false);
        File.Delete(container.LogPath);
    }

    // The daemon removes its pods itself.
    public ValueTask DisposeAsync() => _daemon.DisposeAsync();
}
