using CriAttach.Testing.Attach;
using CriAttach.Testing.Cri;
using CriAttach.Testing.Processes;

namespace CriAttach.Testing.Scenarios;

/// <summary>What holds for containers of another runtime.</summary>
public static class Upstream
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What PID 1 wrote before the first attach comes first, and what is typed comes back; right after the start, which nobody told us of.</summary>
    public static async Task EarlyOutputAndEchoAsync(UpstreamNode node)
    {
        var container = await node.ShellAsync("echo early; echo early too >&2; exec cat").ConfigureAwait(false);
        await Until.TrueAsync(() => File.ReadAllText(container.LogPath).Contains("early too", StringComparison.Ordinal), Patience, "the log has the early output").ConfigureAwait(false);
        await using var client = await node.AttachAsync(container).ConfigureAwait(false);
        await client.Stdout.ContainsAsync("early\n").ConfigureAwait(false);
        await client.Stderr.ContainsAsync("early too\n").ConfigureAwait(false);
        await client.InputAsync("a line\n").ConfigureAwait(false);
        await client.Stdout.ContainsAsync("a line\n").ConfigureAwait(false);
        await client.InputAsync("no line end").ConfigureAwait(false);
        await client.Stdout.ContainsAsync("no line end").ConfigureAwait(false);
        await node.Pod.RemoveAsync(container).ConfigureAwait(false);
        var end = await client.EndAsync(Patience).ConfigureAwait(false);
        Expect.Success(end, client.Protocol);
        Expect.That(client.Stdout.ToString() == "early\na line\nno line end", $"The output was '{client.Stdout}'.");
    }

    /// <summary>PID 1 writes 300 kB and exits at once: all of it comes, then the status.</summary>
    /// <param name="node">The node.</param>
    /// <param name="random">Whether the bytes are random; repetitive otherwise.</param>
    /// <returns><c>false</c> where containerd itself has cut the end off, its log included, and all that it had came.</returns>
    public static async Task<bool> EndOfOutputAsync(UpstreamNode node, bool random)
    {
        var container = await node.ShellAsync(random ? $"read go; cat {UpstreamNode.RandomFile}" : $"read go; head -c {UpstreamNode.RandomLength} /dev/zero").ConfigureAwait(false);
        RandomContent content = new(UpstreamNode.RandomLength);
        long zeros = 0;
        AttachClientOptions options = new()
        {
            Sink = (_, bytes) =>
            {
                if (random)
                {
                    content.Check(bytes);
                }
                else
                {
                    zeros += bytes.ContainsAnyExcept((byte)0) ? throw new InvalidDataException("A byte is not zero.") : bytes.Length;
                }
            },
        };
        await using var client = await node.AttachAsync(container, options: options).ConfigureAwait(false);
        await client.InputAsync("go\n").ConfigureAwait(false);
        var end = await client.EndAsync(Patience).ConfigureAwait(false);
        var count = (int)(random ? content.Checked : zeros);
        Expect.Success(end, client.Protocol);
        var isWhole = count == UpstreamNode.RandomLength;
        if (!isWhole)
        {
            // docs/adr/0015: nothing but its own words tells this from a loss of ours.
            Expect.That(node.Containerd.CutTheEndOf(container.Id), $"{count} of {UpstreamNode.RandomLength} bytes came; the session: {end}");
            var sent = random ? UpstreamNode.RandomBytes()[..count] : new byte[count];
            Expect.That(CriLogFile.Stdout(container.LogPath).SequenceEqual(CriLogFile.AsLogged(sent)), $"containerd's log has something else than the {count} bytes that came.");
        }

        await node.Pod.RemoveAsync(container).ConfigureAwait(false);
        return isWhole;
    }

    /// <summary>A client without input does not end the session, nor PID 1's input.</summary>
    public static async Task WithoutInputAsync(UpstreamNode node, bool stdinOnce)
    {
        var container = await node.ShellAsync("while read line; do echo got $line; done; echo end of input", stdinOnce: stdinOnce).ConfigureAwait(false);
        await using var watcher = await node.AttachAsync(container, stdin: false).ConfigureAwait(false);
        await using var typist = await node.AttachAsync(container).ConfigureAwait(false);
        await typist.InputAsync("one\n").ConfigureAwait(false);
        await watcher.Stdout.ContainsAsync("got one\n").ConfigureAwait(false);
        Expect.That(!watcher.Ended.IsCompleted, "The session without input has ended.");
        await typist.EndInputAsync().ConfigureAwait(false);
        if (stdinOnce)
        {
            await watcher.Stdout.ContainsAsync("end of input\n").ConfigureAwait(false);
            Expect.Success(await watcher.EndAsync(Patience).ConfigureAwait(false), watcher.Protocol);
        }
        else
        {
            await using var next = await node.AttachAsync(container).ConfigureAwait(false);
            await next.InputAsync("two\n").ConfigureAwait(false);
            await watcher.Stdout.ContainsAsync("got two\n").ConfigureAwait(false);
            Expect.That(!watcher.Stdout.ToString().Contains("end of input", StringComparison.Ordinal), "PID 1's input was closed.");
        }

        await node.Pod.RemoveAsync(container).ConfigureAwait(false);
    }

    /// <summary>A terminal: a prompt, an echo before the line ends, and the window's size.</summary>
    public static async Task TerminalAsync(UpstreamNode node)
    {
        const string script = "printf 'name? '; read n; until [ \"$(stty size 2>/dev/null)\" = '37 101' ]; do usleep 10000; done; echo sized; printf 'more? '; read m; echo bye $m";
        var container = await node.ShellAsync(script, tty: true).ConfigureAwait(false);
        await using var client = await node.AttachAsync(container, tty: true).ConfigureAwait(false);
        await client.InputAsync("me\n").ConfigureAwait(false);
        await client.Stdout.ContainsAsync("name? me\r\n").ConfigureAwait(false);
        await client.ResizeAsync(101, 37).ConfigureAwait(false);
        await client.Stdout.ContainsAsync("sized\r\nmore? ").ConfigureAwait(false);
        await client.InputAsync("y").ConfigureAwait(false);
        await client.Stdout.ContainsAsync("more? y").ConfigureAwait(false);
        await client.InputAsync("es\n").ConfigureAwait(false);
        var end = await client.EndAsync(Patience).ConfigureAwait(false);
        Expect.That(client.Stdout.ToString() == "name? me\r\nsized\r\nmore? yes\r\nbye yes\r\n", $"The output was '{client.Stdout}'.");
        Expect.Success(end, client.Protocol);
        await node.Pod.RemoveAsync(container).ConfigureAwait(false);
    }

    /// <summary>PID 1 counts; the silo is killed and comes back: no number is missing, none comes twice.</summary>
    public static async Task SiloRestartAsync(UpstreamNode node)
    {
        var container = await node.ShellAsync("read go; i=0; while :; do echo $i; i=$((i+1)); usleep 200; done").ConfigureAwait(false);
        Numbers numbers = new();
        await using var client = await node.AttachAsync(container, options: new AttachClientOptions { Sink = numbers.Take }).ConfigureAwait(false);
        await client.InputAsync("go\n").ConfigureAwait(false);
        await numbers.ReachAsync(500, Patience).ConfigureAwait(false);
        await node.Processes.Silos[0].KillAsync().ConfigureAwait(false);
        await node.Processes.RestartAsync(node.Processes.Silos[0]).ConfigureAwait(false);
        await numbers.ReachAsync(numbers.Next + 500, Patience).ConfigureAwait(false);
        Expect.That(!client.Ended.IsCompleted, "The session has ended.");
        await node.Pod.RemoveAsync(container).ConfigureAwait(false);
        Expect.Success(await client.EndAsync(Patience).ConfigureAwait(false), client.Protocol);
    }

    /// <summary>PID 1 counts; the runtime is restarted: no number is missing, none comes twice, and PID 1 can be typed to again.</summary>
    public static async Task RuntimeRestartAsync(UpstreamNode node)
    {
        var container = await node.ShellAsync("i=0; while read line; do j=0; while [ $j -lt 1000 ]; do echo $i; i=$((i+1)); j=$((j+1)); done; done").ConfigureAwait(false);
        Numbers numbers = new();
        await using var client = await node.AttachAsync(container, options: new AttachClientOptions { Sink = numbers.Take }).ConfigureAwait(false);
        await client.InputAsync("go\n").ConfigureAwait(false);
        await numbers.ReachAsync(1000, Patience).ConfigureAwait(false);
        await node.Containerd.RestartAsync().ConfigureAwait(false);
        await client.InputAsync("go\n").ConfigureAwait(false);
        await numbers.ReachAsync(2000, Patience).ConfigureAwait(false);
        Expect.That(!client.Ended.IsCompleted, "The session has ended.");
        await node.Pod.RemoveAsync(container).ConfigureAwait(false);
        Expect.Success(await client.EndAsync(Patience).ConfigureAwait(false), client.Protocol);
    }
}
