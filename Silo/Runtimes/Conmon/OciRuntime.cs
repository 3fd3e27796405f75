using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CriAttach.Interfaces.Faults;
using CriAttach.Silo.Agent;
using CriAttach.Silo.Native;
using Microsoft.Extensions.Options;
using OsProcess = System.Diagnostics.Process;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>Runs runc, or crun. Creating is conmon's part.</summary>
internal sealed class OciRuntime(IOptions<ConmonOptions> options, IOptions<NodeOptions> node)
{
    private const int LongestMessage = 2000;

    /// <summary>Gets the directory in which the runtime keeps its state.</summary>
    public string Root => Path.Combine(node.Value.RunDirectory, "oci");

    /// <summary>The program.</summary>
    /// <exception cref="RuntimeFailureException">It is not installed.</exception>
    public string FindProgram() =>
        Executable.Find(options.Value.RuntimePath) ?? throw new RuntimeFailureException($"the OCI runtime '{options.Value.RuntimePath}' is not installed");

    /// <summary>Lets PID 1 go.</summary>
    /// <exception cref="RuntimeFailureException">The runtime refused.</exception>
    public Task StartAsync(string containerId, CancellationToken cancellationToken) => RunAsync(["start", containerId], cancellationToken);

    /// <summary>Sends PID 1 a signal.</summary>
    /// <exception cref="RuntimeFailureException">The runtime refused; also where PID 1 has just ended.</exception>
    public Task KillAsync(string containerId, int signal, CancellationToken cancellationToken) =>
        RunAsync(["kill", containerId, signal.ToString(CultureInfo.InvariantCulture)], cancellationToken);

    /// <summary>Ends PID 1 if it runs, and forgets the container. An unknown container is no fault.</summary>
    /// <exception cref="RuntimeFailureException">The runtime refused.</exception>
    public Task DeleteAsync(string containerId, CancellationToken cancellationToken) => RunAsync(["delete", "--force", containerId], cancellationToken);

    /// <summary>Whether PID 1 was let go.</summary>
    /// <exception cref="RuntimeFailureException">The runtime does not know the container.</exception>
    public async Task<bool> IsRunningAsync(string containerId, CancellationToken cancellationToken)
    {
        using var state = JsonDocument.Parse(await RunAsync(["state", containerId], cancellationToken).ConfigureAwait(false));
        return state.RootElement.GetProperty("status").GetString() is "running" or "paused";
    }

    private async Task<string> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(FindProgram(), ["--root", Root, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = OsProcess.Start(start) ?? throw new RuntimeFailureException($"cannot start {start.FileName}");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var error = await process.StandardError.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (process.ExitCode != 0)
        {
            var message = error.Trim();
            message = message.Length > LongestMessage ? message[^LongestMessage..] : message;
            throw new RuntimeFailureException($"{Path.GetFileName(start.FileName)} {arguments[0]}: {(message.Length > 0 ? message : $"exit code {process.ExitCode}")}");
        }

        return await output.ConfigureAwait(false);
    }
}
