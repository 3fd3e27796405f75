using System.Net.Sockets;
using CriAttach.Fuzz;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;

namespace CriAttach.Testing.Scenarios;

/// <summary>Clients that send anything at all behind their upgrade to SPDY, at a real gateway; a good one next to them must not notice.</summary>
public static class HostileSpdy
{
    private const int EchoEvery = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Sends header bombs, wrong dictionaries, cut and random bytes, and what a mutator makes of them, each in a session of its own.</summary>
    /// <param name="processes">Silos and gateways.</param>
    /// <param name="count">How many sessions.</param>
    /// <param name="seed">The seed of the mutations.</param>
    public static async Task RunAsync(CriAttachProcesses processes, int count, int seed)
    {
        await using var container = await processes.RunAsync(["cat"]).ConfigureAwait(false);
        await using var witness = await container.AttachSpdyAsync().ConfigureAwait(false);
        await using var victim = await processes.ShellAsync("sleep 100000").ConfigureAwait(false);
        var corpus = FuzzCorpus.Load("spdy-server");
        var mutator = new Mutator(new Random(seed), corpus);
        for (var number = 0; number < count; number++)
        {
            await AttackAsync(
                await processes.Gateways[0].AttachAsync(victim.Id).ConfigureAwait(false),
                number < corpus.Count ? corpus[number] : mutator.Next(),
                isReset: number % 2 == 1).ConfigureAwait(false);
            if (number % EchoEvery == 0)
            {
                var line = $"line {number}\n";
                await witness.InputAsync(line).ConfigureAwait(false);
                await witness.Stdout.ContainsAsync(line).ConfigureAwait(false);
            }
        }

        await Until.TrueAsync(
            async token => (await processes.Admin.SessionsAsync(token).ConfigureAwait(false)).Sessions.All(session => session.Container != victim.Id),
            Patience,
            "every hostile session is freed").ConfigureAwait(false);
        Expect.That(!witness.Ended.IsCompleted, "The session of the good client ended.");
    }

    private static async Task AttackAsync(Uri url, byte[] input, bool isReset)
    {
        using var peer = await RawSpdy.OpenAsync(url, "v4.channel.k8s.io").ConfigureAwait(false);
        try
        {
            // The first byte of a seed says how a fuzz target cuts the rest.
            await peer.Connection.SendAsync(input.AsMemory(Math.Min(1, input.Length))).ConfigureAwait(false);
        }
        catch (SocketException)
        {
            // The gateway had seen enough.
        }

        if (isReset)
        {
            peer.Connection.Reset();
        }
    }
}
