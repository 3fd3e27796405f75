using CriAttach.AdminApi;
using CriAttach.Testing.Admin;
using CriAttach.Testing.Containerd;

namespace CriAttach.Testing.Processes;

/// <content>Containers: making them, and leaving none.</content>
public sealed partial class CriAttachProcesses
{
    private static readonly TimeSpan CleanUpPatience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim _rootfsLock = new(1, 1);
    private string? _rootfs;

    /// <summary>Makes and starts a container. A command that begins with a busybox applet runs under either runtime.</summary>
    /// <param name="args">PID 1's command line.</param>
    /// <param name="shape">The rest of what it is to be; stdin, no terminal, on the first node, unless said otherwise.</param>
    public async Task<TestContainer> RunAsync(IReadOnlyList<string> args, CreateContainerBody? shape = null)
    {
        shape ??= new CreateContainerBody { Stdin = true };
        var isProcess = (shape.Runtime ?? _options.Runtime) == "process";
        var body = shape with
        {
            Node = shape.Node ?? Silos[0].Name,
            Args = isProcess ? ["/bin/busybox", .. args] : args,
            Env = ["PATH=/bin:/usr/bin", Mark, .. shape.Env],
            Rootfs = isProcess || shape.Bundle is not null ? shape.Rootfs : shape.Rootfs ?? await RootfsAsync().ConfigureAwait(false),
        };
        var view = await Admin.CreateAsync(body).ConfigureAwait(false);
        return new TestContainer(this, view);
    }

    /// <summary>Makes and starts a container that runs a shell script.</summary>
    /// <param name="script">The script, for busybox's sh.</param>
    /// <param name="shape">The rest of what it is to be.</param>
    public Task<TestContainer> ShellAsync(string script, CreateContainerBody? shape = null) => RunAsync(["sh", "-c", script], shape);

    /// <summary>The root file system of conmon's containers, made on first use; files put there are seen by all of them.</summary>
    public async Task<string> RootfsAsync()
    {
        await _rootfsLock.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_rootfs is null)
            {
                var path = Path.Combine(Directory, "rootfs");
                await new BusyboxImage().WriteRootfsAsync(path).ConfigureAwait(false);
                _rootfs = path;
            }

            return _rootfs;
        }
        finally
        {
            _rootfsLock.Release();
        }
    }

    private async Task RemoveContainersAsync()
    {
        if (!Gateways.Any(gateway => gateway.Host.IsRunning))
        {
            return;
        }

        try
        {
            var admin = Gateways.First(gateway => gateway.Host.IsRunning).Admin;
            using CancellationTokenSource limit = new(CleanUpPatience);
            var list = await admin.ContainersAsync(limit.Token).ConfigureAwait(false);
            foreach (var container in list.Containers)
            {
                await admin.RemoveAsync(container.Id, force: true, limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or AdminException or OperationCanceledException)
        {
            // A test that failed half-way may leave nobody who could do it; the leftovers are ended below.
        }
    }

    /// <summary>In the environment of all processes of ours, and so in that of their children: how leftovers are found.</summary>
    private string Mark => "CRIATTACH_TEST=" + _clusterId;

    /// <summary>Containers outlive a silo on purpose; whatever of ours still runs, ends here.</summary>
    private async Task EndLeftoversAsync()
    {
        int[] leftovers =
        [
            .. ProcessTable.Everything().Where(pid =>
                ProcessTable.Environment(pid).Contains(Mark)
                || ProcessTable.CommandLine(pid).Any(argument => argument.Contains(Directory + "/", StringComparison.Ordinal))),
        ];
        foreach (var pid in leftovers)
        {
            ProcessTable.Kill(pid);
        }

        await Until.TrueAsync(() => !leftovers.Any(ProcessTable.IsAlive), CleanUpPatience, "the leftovers have ended").ConfigureAwait(false);
    }

    private async Task RemoveDirectoryAsync()
    {
        // runc's last step for a killed container may still be writing.
        await Until.TrueAsync(
            () =>
            {
                try
                {
                    System.IO.Directory.Delete(Directory, recursive: true);
                    return true;
                }
                catch (IOException)
                {
                    return false;
                }
            },
            CleanUpPatience,
            $"{Directory} is deleted").ConfigureAwait(false);
    }
}
