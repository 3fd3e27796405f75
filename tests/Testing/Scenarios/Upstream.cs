using System.Diagnostics;
using System.Globalization;
using CriAttach.Protos.Runtime.V1;
using CriAttach.Testing.Attach;
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
    public static async Task EndOfOutputAsync(UpstreamNode node, bool random)
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
        var count = random ? content.Checked : zeros;
        Expect.That(count == UpstreamNode.RandomLength, $"{count} of {UpstreamNode.RandomLength} bytes came; the session: {end}");
        Expect.Success(end, client.Protocol);
        await node.Pod.RemoveAsync(container).ConfigureAwait(false);
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

    /// <summary>
    /// One client reads nothing. Once it has lost its right to slow PID 1, the other client and the container's log go on, and stopping the
    /// container takes no longer than without it.
    /// </summary>
    /// <returns>How many bytes a second the other client then got, and how long StopContainer took.</returns>
    public static async Task<(double Rate, TimeSpan Stop)> StalledClientAsync(UpstreamNode node)
    {
        var container = await node.ShellAsync("read go; exec yes 0123456789abcdefghijklmnopqrstuvwxyz").ConfigureAwait(false);
        long count = 0;
        AttachClientOptions counting = new() { Sink = (_, bytes) => Interlocked.Add(ref count, bytes.Length) };
        await using var reader = await node.AttachAsync(container, options: counting).ConfigureAwait(false);
        var url = await node.Gateway.AttachAsync(container.Id).ConfigureAwait(false);
        using var stalled = await RawWebSocket.OpenAsync(node.Gateway.Here(url), ["v5.channel.k8s.io"], [], receiveBuffer: 4096).ConfigureAwait(false);
        await reader.InputAsync("go\n").ConfigureAwait(false);

        // The socket's buffers and the log in memory fill, PID 1 is held, the right is lost: from then on output flows.
        await Until.TrueAsync(() => Interlocked.Read(ref count) > 64_000_000, Patience, "the other client has 64 MB").ConfigureAwait(false);
        var (from, log, since) = (Interlocked.Read(ref count), new FileInfo(container.LogPath).Length, Stopwatch.GetTimestamp());
        await Until.TrueAsync(() => Interlocked.Read(ref count) > from + 64_000_000, Patience, "64 MB more came").ConfigureAwait(false);
        var rate = (Interlocked.Read(ref count) - from) / Stopwatch.GetElapsedTime(since).TotalSeconds;
        Expect.That(new FileInfo(container.LogPath).Length > log, "The container's log has stopped.");
        since = Stopwatch.GetTimestamp();
        await node.Runtime.StopContainerAsync(new StopContainerRequest { ContainerId = container.Id, Timeout = 0 }).ConfigureAwait(false);
        var stop = Stopwatch.GetElapsedTime(since);
        Expect.That(stop < TimeSpan.FromSeconds(3), string.Create(CultureInfo.InvariantCulture, $"StopContainer took {stop.TotalSeconds:f1} s."));
        await node.Pod.RemoveAsync(container).ConfigureAwait(false);
        return (rate, stop);
    }
}
