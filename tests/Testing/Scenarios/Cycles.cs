using System.Globalization;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;
using CriAttach.Wire.Channels;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Testing.Scenarios;

/// <summary>Sessions that come and go, in good order and otherwise: nothing of them stays behind.</summary>
public static class Cycles
{
    private const int AtOnce = 8;
    private const int Samples = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The settings under which tokens that nobody uses do not reach their bound.</summary>
    public static IReadOnlyDictionary<string, string> SiloSettings { get; } =
        new Dictionary<string, string> { ["CriAttach:Sessions:TokenTtl"] = "00:00:02", ["CriAttach:Sessions:MaxUnclaimed"] = "100000" };

    /// <summary>Runs cycles: clean, cut off, ended in the middle of a frame, never claimed, a quarter each.</summary>
    /// <param name="processes">One silo and one gateway.</param>
    /// <param name="count">How many.</param>
    /// <returns>What silo and gateway held after the first tenth, and at the end.</returns>
    public static async Task<CycleReport> RunAsync(CriAttachProcesses processes, int count)
    {
        await using var container = await processes.RunAsync(["cat"]).ConfigureAwait(false);
        int[] pids = [processes.Silos[0].Id, processes.Gateways[0].Host.Id];
        var tenth = count / 10;
        await SomeAsync(processes, container, 0, tenth).ConfigureAwait(false);
        var early = await SampledAsync(processes, container, pids, tenth, tenth).ConfigureAwait(false);
        await SomeAsync(processes, container, 2 * tenth, count - (3 * tenth)).ConfigureAwait(false);
        var late = await SampledAsync(processes, container, pids, count - tenth, tenth).ConfigureAwait(false);
        await Until.TrueAsync(
            async token => (await processes.Admin.SessionsAsync(token).ConfigureAwait(false)).Sessions.Count == 0, Patience, "no session is left").ConfigureAwait(false);
        return new CycleReport(early[0], late[0], early[1], late[1]);
    }

    /// <summary>Runs a stretch of cycles in parts, and looks after each.</summary>
    private static Task<ProcessUsage[]> SampledAsync(CriAttachProcesses processes, TestContainer container, int[] pids, int from, int count) =>
        ProcessUsage.OfAsync(pids, Samples, part => SomeAsync(processes, container, from + (part * count / Samples), count / Samples));

    private static Task SomeAsync(CriAttachProcesses processes, TestContainer container, int from, int count)
    {
        var next = from - 1;
        return Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
        {
            while (Interlocked.Increment(ref next) is var number && number < from + count)
            {
                await CycleAsync(processes, container, number).ConfigureAwait(false);
            }
        }));
    }

    private static async Task CycleAsync(CriAttachProcesses processes, TestContainer container, int number)
    {
        var gateway = processes.Gateways[0];
        var url = gateway.Here(await gateway.AttachAsync(container.Id).ConfigureAwait(false));
        switch (number % 4)
        {
            case 0:
                var client = await AttachClient.OpenAsync(url, StreamProtocol.V5).ConfigureAwait(false);
                await using (client.ConfigureAwait(false))
                {
                    var text = string.Create(CultureInfo.InvariantCulture, $"cycle {number}\n");
                    await client.InputAsync(text).ConfigureAwait(false);
                    await client.Stdout.ContainsAsync(text, Patience).ConfigureAwait(false);
                    await client.CloseAsync().ConfigureAwait(false);
                }

                break;
            case 1:
                using (var cut = await RawWebSocket.OpenAsync(url, StreamProtocol.V5.Name).ConfigureAwait(false))
                {
                    cut.Connection.Reset();
                }

                break;
            case 2:
                using (var half = await RawWebSocket.OpenAsync(url, StreamProtocol.V5.Name).ConfigureAwait(false))
                {
                    // The frame says that more is to come than comes.
                    await half.Connection.SendAsync(RawWebSocket.Frame(WebSocketOpcode.Binary, new byte[1000]).AsMemory(0, 100)).ConfigureAwait(false);
                }

                break;
            default:
                // Its token is left to expire.
                break;
        }
    }
}
