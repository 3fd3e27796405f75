using System.Globalization;
using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;

namespace CriAttach.Testing.Scenarios;

/// <summary>PID 1 writes, exits at once, and nothing of it is lost; the status comes behind the last byte.</summary>
public static class EndOfOutput
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Runs it once.</summary>
    /// <param name="processes">Silos and gateways.</param>
    /// <param name="length">How many bytes; a multiple of eight.</param>
    /// <param name="exitCode">How PID 1 exits.</param>
    /// <param name="at">The gateway that serves the stream.</param>
    public static async Task RunAsync(CriAttachProcesses processes, int length, int exitCode, int at = 0)
    {
        RandomContent content = new((ulong)length);
        var name = string.Create(CultureInfo.InvariantCulture, $"random-{length}");
        var path = Path.Combine(await processes.RootfsAsync().ConfigureAwait(false), name);
        if (!File.Exists(path))
        {
            content.WriteFile(path, length);
        }

        await using var container = await processes.ShellAsync($"read go; cat /{name}; exit {exitCode}").ConfigureAwait(false);
        AttachClientOptions options = new() { Sink = (_, bytes) => content.Check(bytes) };
        AttachBody body = new() { Stdin = true, Stdout = true, Stderr = true, ExitStatus = true };
        await using var client = await container.AttachAsync(body, at: at, options: options).ConfigureAwait(false);
        await client.InputAsync("go\n").ConfigureAwait(false);
        var end = await client.EndAsync(Patience).ConfigureAwait(false);
        Expect.That(content.Checked == length, $"{content.Checked} of {length} bytes came; the session: {end}");
        Expect.ExitCode(end, client.Protocol, exitCode);
    }
}
