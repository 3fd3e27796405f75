using System.Globalization;
using CriAttach.AdminApi;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;
using CriAttach.Wire.Spdy;

namespace CriAttach.Testing.Scenarios;

/// <summary>
/// What a kubelet does for <c>kubectl attach</c>: Attach on the gateway's CRI socket, then the client's own SPDY request, passed on to the
/// answered URL with the client's Host header and a note of where it came from. client-go offers v5 first and pings every five seconds.
/// </summary>
public static class KubeletSequence
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan PingPatience = TimeSpan.FromSeconds(15);

    /// <summary>A session that is idle but for pings lives, and its bytes still flow both ways.</summary>
    /// <param name="processes">Silos and gateways.</param>
    /// <param name="pings">How many pings are answered meanwhile: twelve a minute.</param>
    public static async Task IdleAsync(CriAttachProcesses processes, int pings)
    {
        await using var container = await processes.RunAsync(["cat"]).ConfigureAwait(false);
        await using var client = await AttachAsync(processes, container).ConfigureAwait(false);
        await EchoAsync(client, "before").ConfigureAwait(false);
        var start = client.Heard;
        for (var ping = 1; ping <= pings; ping++)
        {
            var due = start + ping;
            await Until.TrueAsync(
                () => client.Ended.IsCompleted || client.Heard >= due, PingPatience, string.Create(CultureInfo.InvariantCulture, $"ping {ping} is answered")).ConfigureAwait(false);
            Expect.That(!client.Ended.IsCompleted, $"The session ended while idle, at ping {ping}.");
        }

        await EchoAsync(client, "after").ConfigureAwait(false);
    }

    /// <summary>Much random output, bit for bit.</summary>
    /// <param name="processes">Silos and gateways.</param>
    /// <param name="length">How many bytes; a multiple of eight.</param>
    public static async Task OutputAsync(CriAttachProcesses processes, long length)
    {
        var (name, content) = await RandomBytes.FileAsync(processes, length).ConfigureAwait(false);
        await using var container = await processes.ShellAsync($"read go; exec cat /{name}").ConfigureAwait(false);
        AttachClientOptions options = new() { Sink = (_, bytes) => content.Check(bytes) };
        await using var client = await AttachAsync(processes, container, options).ConfigureAwait(false);
        await client.InputAsync("go\n").ConfigureAwait(false);
        var end = await client.EndAsync(Patience).ConfigureAwait(false);
        Expect.That(content.Checked == length, $"{content.Checked} of {length} bytes came; the session: {end}");
        Expect.SpdySuccess(end);
    }

    /// <summary>Much random input: PID 1 tells the hash of what it read.</summary>
    /// <param name="processes">Silos and gateways.</param>
    /// <param name="length">How many bytes; a multiple of 32 KiB.</param>
    public static async Task InputAsync(CriAttachProcesses processes, long length)
    {
        await using var container = await processes.ShellAsync("sha256sum", new CreateContainerBody { Stdin = true, StdinOnce = true }).ConfigureAwait(false);
        await using var client = await AttachAsync(processes, container).ConfigureAwait(false);
        var expected = await RandomBytes.SendAsync(length, client.InputAsync).ConfigureAwait(false);
        await client.EndInputAsync().ConfigureAwait(false);
        var end = await client.EndAsync(Patience).ConfigureAwait(false);
        Expect.That(client.Stdout.ToString().StartsWith(expected, StringComparison.Ordinal), $"PID 1 read something else: '{client.Stdout}' instead of {expected}; the session: {end}");
        Expect.SpdySuccess(end);
    }

    private static async Task<SpdyAttachClient> AttachAsync(CriAttachProcesses processes, TestContainer container, AttachClientOptions? options = null)
    {
        var url = await processes.Gateways[0].AttachAsync(container.Id).ConfigureAwait(false);
        var request = SpdyHandshake.Request("node:10250", url.PathAndQuery, SpdyAttachClient.ClientGo).With("X-Forwarded-For", "192.0.2.7");
        var client = await SpdyAttachClient.OpenAsync(url, request, ["error", "stdin", "stdout", "stderr"], options).ConfigureAwait(false);
        Expect.That(client.Protocol == "v4.channel.k8s.io", $"The protocol is '{client.Protocol}'.");
        return client;
    }

    private static async Task EchoAsync(SpdyAttachClient client, string word)
    {
        await client.InputAsync($"{word}\n").ConfigureAwait(false);
        await client.Stdout.ContainsAsync($"{word}\n").ConfigureAwait(false);
    }
}
