using System.Globalization;
using System.IO.Pipes;
using CriAttach.Silo.Native;
using Microsoft.Win32.SafeHandles;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>A process that does nothing but keep the writing end of PID 1's standard input open, so that it stays open while there is no silo.</summary>
internal sealed class StdinHolder(Cgroups cgroups)
{
    private const int Held = 3;

    /// <summary>Where another process finds the pipe.</summary>
    public static string PathOf(ProcessIdentity holder) => $"/proc/{holder.Pid}/fd/{Held}";

    /// <summary>Has the standard input of a container held; its PID 1 must not run yet.</summary>
    /// <exception cref="IOException">No process could be started.</exception>
    public async Task<ProcessIdentity> StartAsync(string containerId, ProcessIdentity init, CancellationToken cancellationToken)
    {
        var (reader, writer) = NativeFile.Pipe();
        using var answer = new AnonymousPipeClientStream(PipeDirection.In, new SafePipeHandle(reader.Release(), ownsHandle: true));
        int shell;
        using (writer)
        {
            // By way of a shell that ends at once: so the holder is no child of ours that somebody must wait for.
            shell = Spawner.Start(new SpawnRequest
            {
                Program = "/bin/sh",
                Arguments = ["-c", "sleep infinity >/dev/null & echo $!"],
                Environment = [$"PATH={Executable.SearchPath}"],
                WorkingDirectory = "/",
                Files = [SpawnFile.Null, SpawnFile.Of(writer), SpawnFile.Null, SpawnFile.Open($"/proc/{init.Pid}/fd/0", Libc.WriteOnly)],
            });
        }

        using var text = new StreamReader(answer, leaveOpen: true);
        var line = await text.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await Spawner.ReapAsync(shell).ConfigureAwait(false);
        if (!int.TryParse(line, NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var pid) || ProcessIdentity.Of(pid) is not { } holder)
        {
            throw new IOException("the process that is to hold standard input ended at once");
        }

        cgroups.Move(containerId, pid);
        return holder;
    }
}
