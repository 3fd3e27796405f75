using System.Diagnostics;
using CriAttach.Protos.Runtime.V1;
using CriAttach.Testing.Cri;
using CriAttach.Testing.Processes;
using Grpc.Core;
using Grpc.Net.Client;

namespace CriAttach.Testing.Containerd;

/// <summary>
/// Debian's containerd with everything of its own under one directory. Needs root. Disposing it stops it, its shims and
/// containers, by process id, unmounts what it mounted and deletes the directory.
/// </summary>
public sealed class ContainerdDaemon : IAsyncDisposable
{
    private const string Binary = "/usr/bin/containerd";
    private const int MaxSocketPath = 107;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _directory;
    private readonly string[] _arguments;
    private BackgroundProcess _process;

    private ContainerdDaemon(string directory, string[] arguments, BackgroundProcess process, string socketPath)
    {
        _arguments = arguments;
        _directory = directory;
        _process = process;
        SocketPath = socketPath;
        Channel = CriChannel.Open(socketPath);
        Pods = new CriPods(Channel, BusyboxImage.Name, Path.Combine(directory, "logs"));
    }

    /// <summary>Whether this machine can run it.</summary>
    public static bool IsSupported => File.Exists(Binary) && Environment.UserName == "root";

    /// <summary>The CRI endpoint.</summary>
    public string SocketPath { get; }

    /// <summary>A channel to the CRI endpoint.</summary>
    public GrpcChannel Channel { get; }

    /// <summary>Runs pods on it.</summary>
    public CriPods Pods { get; }

    /// <summary>The daemon's process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>The daemon's log file.</summary>
    public string LogPath => _process.LogPath;

    /// <summary>Starts the daemon in a fresh directory and waits until it runs pods of <paramref name="image"/>.</summary>
    /// <param name="directory">A directory that does not exist yet; short, for unix sockets are made in it.</param>
    /// <param name="image">The image to import.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidOperationException">The daemon ended, or the image was refused.</exception>
    /// <exception cref="TimeoutException">It did not become ready.</exception>
    public static async Task<ContainerdDaemon> StartAsync(string directory, BusyboxImage image, CancellationToken cancellationToken = default)
    {
        string socketPath = Path.Combine(directory, "c.sock");
        ArgumentOutOfRangeException.ThrowIfGreaterThan(socketPath.Length, MaxSocketPath, nameof(directory));
        Directory.CreateDirectory(directory);
        string config = Path.Combine(directory, "config.toml");
        await File.WriteAllTextAsync(config, ContainerdConfig.Text(directory, socketPath), cancellationToken).ConfigureAwait(false);

        string[] arguments = ["-c", config];
        BackgroundProcess process = BackgroundProcess.Start(Binary, arguments, Path.Combine(directory, "containerd.log"));
        ContainerdDaemon daemon = new(directory, arguments, process, socketPath);
        try
        {
            await daemon.BecomeReadyAsync(image, cancellationToken).ConfigureAwait(false);
            return daemon;
        }
        catch
        {
            await daemon.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The shims of this daemon; each carries the stdio of its pod's containers.</summary>
    public IReadOnlyList<int> ShimProcessIds() => ProcessTable.Where(commandLine => commandLine.Contains(SocketPath, StringComparer.Ordinal));

    /// <summary>
    /// Whether the daemon says that it closed its end of a container's output before it had read all of it: before containerd#8643 it did so when PID 1
    /// had exited, and the end is in no log and comes to no attached client.
    /// </summary>
    public bool CutTheEndOf(string containerId) =>
        File.ReadLines(LogPath).Any(line => line.Contains($"Failed to pipe stdout of container \\\"{containerId}\\\"", StringComparison.Ordinal));

    /// <summary>Stops the daemon and starts it again; its containers run on.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        await _process.DisposeAsync().ConfigureAwait(false);
        _process = BackgroundProcess.Start(Binary, _arguments, Path.Combine(_directory, "containerd-again.log"));
        RuntimeService.RuntimeServiceClient runtime = new(Channel);
        await _process.AnsweringAsync(
            async token => await AnswersAsync(() => runtime.VersionAsync(new VersionRequest(), cancellationToken: token)).ConfigureAwait(false),
            "containerd's CRI answers again", cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await RemovePodsAsync().ConfigureAwait(false);
        Channel.Dispose();
        IReadOnlyList<int> shims = ShimProcessIds();
        int[] leftovers = [.. shims, .. shims.SelectMany(ProcessTable.Descendants)];
        await _process.DisposeAsync().ConfigureAwait(false);
        foreach (int pid in leftovers)
        {
            ProcessTable.Kill(pid);
        }

        await Until.TrueAsync(() => !leftovers.Any(ProcessTable.IsAlive), Patience, "the shims have ended").ConfigureAwait(false);
        foreach (string mount in MountsBelow(_directory))
        {
            _ = Libc.Unmount(mount, Libc.UnmountDetach);
        }

        Directory.Delete(_directory, recursive: true);
    }

    private static string[] MountsBelow(string directory) =>
    [
        .. File.ReadLines("/proc/self/mountinfo").Select(line => line.Split(' ')[4])
            .Where(path => path.StartsWith(directory + "/", StringComparison.Ordinal)).Reverse(),
    ];

    private async Task BecomeReadyAsync(BusyboxImage image, CancellationToken cancellationToken)
    {
        RuntimeService.RuntimeServiceClient runtime = new(Channel);
        await _process.AnsweringAsync(
            async token => await AnswersAsync(() => runtime.VersionAsync(new VersionRequest(), cancellationToken: token)).ConfigureAwait(false),
            "containerd's CRI answers", cancellationToken).ConfigureAwait(false);

        string archive = Path.Combine(_directory, "images.tar");
        await image.WriteArchiveAsync(archive, cancellationToken).ConfigureAwait(false);
        await ImportAsync(archive, cancellationToken).ConfigureAwait(false);
        File.Delete(archive);

        // The CRI side learns of an import by an event, a little later.
        ImageService.ImageServiceClient images = new(Channel);
        foreach (string name in new[] { BusyboxImage.Name, BusyboxImage.PauseName })
        {
            ImageStatusRequest request = new() { Image = new ImageSpec { Image = name } };
            await Until.TrueAsync(
                async token => (await images.ImageStatusAsync(request, cancellationToken: token).ConfigureAwait(false)).Image is not null,
                Patience, $"{name} is known", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ImportAsync(string archive, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new("/usr/bin/ctr", ["-a", SocketPath, "-n", "k8s.io", "images", "import", archive])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process ctr = Process.Start(start)!;
        Task<string> output = ctr.StandardOutput.ReadToEndAsync(cancellationToken);
        string error = await ctr.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await output.ConfigureAwait(false);
        await ctr.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (ctr.ExitCode != 0)
        {
            throw new InvalidOperationException($"ctr could not import the image: {error}");
        }
    }

    private async Task RemovePodsAsync()
    {
        RuntimeService.RuntimeServiceClient runtime = new(Channel);
        CallOptions options = new(deadline: TimeProvider.System.GetUtcNow().Add(Patience).UtcDateTime);
        await AnswersAsync(async () =>
        {
            ListPodSandboxResponse pods = await runtime.ListPodSandboxAsync(new ListPodSandboxRequest(), options);
            foreach (PodSandbox pod in pods.Items)
            {
                await runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = pod.Id }, options);
                await runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = pod.Id }, options);
            }

            return pods;
        }).ConfigureAwait(false);
    }

    private static Task<bool> AnswersAsync<T>(Func<AsyncUnaryCall<T>> call) => AnswersAsync(async () => await call());

    private static async Task<bool> AnswersAsync<T>(Func<Task<T>> call)
    {
        try
        {
            await call().ConfigureAwait(false);
            return true;
        }
        catch (RpcException)
        {
            return false;
        }
    }
}
