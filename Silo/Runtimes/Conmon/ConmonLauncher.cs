using System.IO.Pipes;
using System.Text.Json;
using CriAttach.Interfaces.Containers;
using CriAttach.Interfaces.Faults;
using CriAttach.Silo.Native;
using CriAttach.Silo.State;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>Starts conmon, which has the OCI runtime make the container and holds it from then on: in a session and a control group of its own, with no open file of ours.</summary>
internal sealed class ConmonLauncher(IOptions<ConmonOptions> options, OciRuntime runtime, Cgroups cgroups)
{
    private const int SyncDescriptor = 3;
    private const int StartDescriptor = 4;

    /// <summary>Makes a container.</summary>
    /// <returns>conmon and PID 1.</returns>
    /// <exception cref="RuntimeFailureException">It failed; conmon is gone.</exception>
    public async Task<(ProcessIdentity Conmon, ProcessIdentity Init)> LaunchAsync(
        string containerId, ContainerSpec spec, BundlePaths bundle, string logPath, CancellationToken cancellationToken)
    {
        var program = Executable.Find(options.Value.ConmonPath) ?? throw new RuntimeFailureException($"conmon '{options.Value.ConmonPath}' is not installed");
        var (syncReader, syncWriter) = NativeFile.Pipe();
        var (startReader, startWriter) = NativeFile.Pipe();
        using var sync = new AnonymousPipeClientStream(PipeDirection.In, new SafePipeHandle(syncReader.Release(), ownsHandle: true));
        using var start = new AnonymousPipeClientStream(PipeDirection.Out, new SafePipeHandle(startWriter.Release(), ownsHandle: true));
        int pid;
        using (syncWriter)
        using (startReader)
        {
            pid = Spawner.Start(new SpawnRequest
            {
                Program = program,
                Arguments = Arguments(containerId, spec, bundle, logPath),
                Environment = [$"PATH={Executable.SearchPath}", $"_OCI_SYNCPIPE={SyncDescriptor}", $"_OCI_STARTPIPE={StartDescriptor}"],
                WorkingDirectory = bundle.Directory,
                Files = [SpawnFile.Null, SpawnFile.Null, SpawnFile.Null, SpawnFile.Of(syncWriter), SpawnFile.Of(startReader)],
            });
        }

        cgroups.Move(containerId, pid);
        await start.WriteAsync(new byte[1], cancellationToken).ConfigureAwait(false);

        // This one forks and ends; the real conmon goes on.
        var code = await Spawner.ReapAsync(pid).ConfigureAwait(false);
        if (code != 0)
        {
            throw new RuntimeFailureException($"conmon ended with code {code}");
        }

        var init = await ReadInitAsync(sync, cancellationToken).ConfigureAwait(false);
        return (Identify(bundle.ConmonPid), ProcessIdentity.Of(init) ?? throw new RuntimeFailureException("PID 1 ended before it was started"));
    }

    private static ProcessIdentity Identify(string pidFile) =>
        int.TryParse(File.ReadAllText(pidFile), out var pid) && ProcessIdentity.Of(pid) is { } process
            ? process
            : throw new RuntimeFailureException("conmon ended before the container was started");

    private static async Task<int> ReadInitAsync(Stream sync, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(sync, leaveOpen: true);
        var line = await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) ?? throw new RuntimeFailureException("conmon ended before the container was made");
        using var message = JsonDocument.Parse(line);
        var pid = message.RootElement.GetProperty("data").GetInt32();
        return pid > 0
            ? pid
            : throw new RuntimeFailureException(message.RootElement.TryGetProperty("message", out var text) ? $"the container could not be made: {text.GetString()?.Trim()}" : "the container could not be made");
    }

    private List<string> Arguments(string containerId, ContainerSpec spec, BundlePaths bundle, string logPath)
    {
        PrivateFile.CreateDirectory(bundle.ExitDirectory);
        PrivateFile.CreateDirectory(runtime.Root);
        List<string> arguments =
        [
            "--api-version", "1",
            "-c", containerId, "-u", containerId, "-n", spec.Name,
            "-b", bundle.Directory,
            "-r", runtime.FindProgram(), "--runtime-arg", $"--root={runtime.Root}",
            "-p", bundle.InitPid, "-P", bundle.ConmonPid,
            "--exit-dir", bundle.ExitDirectory,
            "--full-attach", "--socket-dir-path", bundle.Directory,
            "-l", $"k8s-file:{logPath}",
            "--no-sync-log",
        ];
        if (spec.Tty)
        {
            arguments.Add("-t");
        }
        else if (spec.Stdin)
        {
            arguments.Add("-i");
            if (!spec.StdinOnce)
            {
                arguments.Add("--leave-stdin-open");
            }
        }

        return arguments;
    }
}
