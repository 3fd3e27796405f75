using CriAttach.AdminApi;
using CriAttach.Testing.Processes;

namespace CriAttach.Testing.Scenarios;

/// <summary>What PID 1 wrote before anyone was attached goes to the first who attaches, and to nobody after.</summary>
public static class UnseenOutput
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Runs it once.</summary>
    /// <param name="processes">Silos and gateways.</param>
    public static async Task RunAsync(CriAttachProcesses processes)
    {
        await using var container = await processes.ShellAsync("echo early; echo early too >&2; exec cat").ConfigureAwait(false);
        await Until.TrueAsync(() => Logged(container.View).Contains("early too", StringComparison.Ordinal), Patience, "the log has the early output").ConfigureAwait(false);

        await using var first = await container.AttachAsync().ConfigureAwait(false);
        await first.Stdout.ContainsAsync("early\n").ConfigureAwait(false);
        await first.Stderr.ContainsAsync("early too\n").ConfigureAwait(false);

        await using var second = await container.AttachAsync(at: processes.Gateways.Count - 1).ConfigureAwait(false);
        await first.InputAsync("late\n").ConfigureAwait(false);
        await first.Stdout.ContainsAsync("late\n").ConfigureAwait(false);
        await second.Stdout.ContainsAsync("late\n").ConfigureAwait(false);
        Expect.That(first.Stdout.ToString() == "early\nlate\n", $"The first got '{first.Stdout}'.");
        Expect.That(second.Stdout.ToString() == "late\n", $"The second got '{second.Stdout}'.");
    }

    /// <summary>PID 1 is gone before the client comes with its token: it gets the output and the status all the same.</summary>
    /// <param name="processes">Silos and gateways.</param>
    public static async Task ExitBeforeTheClientComesAsync(CriAttachProcesses processes)
    {
        var container = await processes.ShellAsync("echo early; exit 3", new CreateContainerBody { StartLater = true }).ConfigureAwait(false);
        await using (container.ConfigureAwait(false))
        {
            var gateway = processes.Gateways[0];
            var answer = await gateway.Admin.AttachAsync(container.Id, new AttachBody { Stdout = true, ExitStatus = true }).ConfigureAwait(false);
            await container.StartAsync().ConfigureAwait(false);
            await container.ExitedAsync(Patience).ConfigureAwait(false);
            await using var client = await Attach.AttachClient.OpenAsync(new Uri(answer.Url), Wire.Channels.StreamProtocol.V5).ConfigureAwait(false);
            var end = await client.EndAsync().ConfigureAwait(false);
            Expect.That(client.Stdout.ToString() == "early\n", $"'{client.Stdout}' came instead of the early output.");
            Expect.ExitCode(end, client.Protocol, 3);
        }
    }

    private static string Logged(ContainerView view) => File.Exists(view.LogPath) ? File.ReadAllText(view.LogPath) : "";
}
