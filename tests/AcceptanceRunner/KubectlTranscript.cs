using System.Globalization;
using System.Text.RegularExpressions;
using CriAttach.AdminApi;
using CriAttach.Testing.Kube;
using CriAttach.Testing.Processes;

namespace CriAttach.AcceptanceRunner;

/// <summary>Debian's kubectl against a gateway, with containers on two nodes: what is typed and what is seen, for docs/kubectl.md.</summary>
internal static partial class KubectlTranscript
{
    private const string Count = "for i in 1 2 3 4 5; do echo count $i; done; exec sleep 600";

    /// <summary>Makes the transcript.</summary>
    /// <param name="output">Where it goes.</param>
    public static async Task WriteAsync(TextWriter output)
    {
        var processes = await CriAttachProcesses.StartAsync(new CriAttachProcessesOptions { Silos = 2, Gateways = 2, Runtime = "conmon", Kube = true }).ConfigureAwait(false);
        await using (processes.ConfigureAwait(false))
        {
            var server = processes.Gateways[1].Kube;
            await processes.RunAsync(["sh"], new CreateContainerBody { Name = "shell", Node = "n1", Stdin = true, Tty = true }).ConfigureAwait(false);
            await processes.ShellAsync(Count, new CreateContainerBody { Name = "counter", Node = "n2", Namespace = "tools" }).ConfigureAwait(false);
            await ShowAsync(output, server, "version", "--short").ConfigureAwait(false);
            await ShowAsync(output, server, "get", "nodes").ConfigureAwait(false);
            await ShowAsync(output, server, "get", "pods", "-A").ConfigureAwait(false);
            await ShowAsync(output, server, "get", "pods", "-A", "-o", "wide").ConfigureAwait(false);
            await AttachAsync(output, server).ConfigureAwait(false);
            await ShowAsync(output, server, "get", "pods").ConfigureAwait(false);
            await ShowAsync(output, server, "logs", "-n", "tools", "--timestamps", "--tail=3", "counter").ConfigureAwait(false);
            await ShowAsync(output, server, "logs", "shell").ConfigureAwait(false);
            await ShowAsync(output, server, "attach", "shell").ConfigureAwait(false);
        }
    }

    private static async Task ShowAsync(TextWriter output, KubeServer server, params string[] arguments)
    {
        var (_, text, errors) = await Kubectl.Debian().RunAsync(server, arguments).ConfigureAwait(false);
        await WriteAsync(output, $"$ kubectl {string.Join(' ', arguments)}\n{text}{errors}").ConfigureAwait(false);
    }

    private static async Task AttachAsync(TextWriter output, KubeServer server)
    {
        var client = Kubectl.Debian().StartOnTerminal(server, 30, 100, "attach", "-it", "shell");
        await using (client.ConfigureAwait(false))
        {
            await client.Output.ContainsAsync("# ").ConfigureAwait(false);
            foreach (var (typed, expected) in new[] { ("stty size", "30 100\r\n"), ("echo $((6 * 7))", "42\r\n") })
            {
                await client.InputAsync(typed + "\n").ConfigureAwait(false);
                await client.Output.ContainsAsync(expected).ConfigureAwait(false);
            }

            await client.InputAsync("exit 3\n").ConfigureAwait(false);
            var code = await client.ExitAsync().ConfigureAwait(false);
            await WriteAsync(output, string.Create(CultureInfo.InvariantCulture, $"$ kubectl attach -it shell; echo \"exit code $?\"\n{client.Output}exit code {code}\n")).ConfigureAwait(false);
        }
    }

    private static Task WriteAsync(TextWriter output, string text) =>
        output.WriteLineAsync(Escapes.Replace(text, "").Replace("\r", "", StringComparison.Ordinal));

    // What busybox's shell asks the terminal.
    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Escapes { get; }
}
