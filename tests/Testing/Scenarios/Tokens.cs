using System.Globalization;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;
using CriAttach.Wire.Channels;

namespace CriAttach.Testing.Scenarios;

/// <summary>A token is good for one connection in the whole cluster, however many come at the same moment.</summary>
public static class Tokens
{
    private const int AtOnce = 8;

    /// <summary>Opens each token at all gateways at once; exactly one wins each.</summary>
    /// <param name="processes">Silos and at least two gateways; containers are put on the first silo.</param>
    /// <param name="count">How many tokens.</param>
    public static async Task OneWinnerEachAsync(CriAttachProcesses processes, int count)
    {
        await using var container = await processes.RunAsync(["cat"]).ConfigureAwait(false);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (number, _) => await RaceAsync(processes, container, number).ConfigureAwait(false)).ConfigureAwait(false);
    }

    /// <summary>The same while a silo that has nothing to do with it is killed and started, again and again.</summary>
    /// <param name="processes">At least three silos and two gateways; the second silo is the one.</param>
    /// <param name="count">How many tokens.</param>
    /// <returns>How often the silo was killed.</returns>
    public static async Task<int> OneWinnerEachWhileASiloDiesAsync(CriAttachProcesses processes, int count)
    {
        var races = OneWinnerEachAsync(processes, count);
        var kills = 0;
        do
        {
            await processes.Silos[1].KillAsync().ConfigureAwait(false);
            kills++;
            await processes.RestartAsync(processes.Silos[1]).ConfigureAwait(false);
        }
        while (!races.IsCompleted);

        await races.ConfigureAwait(false);
        return kills;
    }

    /// <summary>The answer of a claim is lost on its way to the gateway: the claim is repeated, and the client is served.</summary>
    /// <param name="processes">One gateway and one silo. Needs root.</param>
    /// <param name="count">How many claims; the connection is cut at another moment of each.</param>
    public static async Task LostAnswerAsync(CriAttachProcesses processes, int count)
    {
        var gateway = processes.Gateways[0];
        var port = int.Parse(processes.Silos[0].Settings["CriAttach:Cluster:GatewayPort"], CultureInfo.InvariantCulture);
        await using var container = await processes.RunAsync(["cat"]).ConfigureAwait(false);
        for (var number = 0; number < count; number++)
        {
            var url = await gateway.AttachAsync(container.Id).ConfigureAwait(false);
            var opening = AttachClient.OpenAsync(url, StreamProtocol.V5);

            // Asleep, the gateway cannot take the answer that is on its way; cut, the connection never delivers it.
            Spin(TimeSpan.FromMicroseconds(150 * number));
            gateway.Host.Suspend();
            try
            {
                Spin(TimeSpan.FromMilliseconds(5));
                TcpCut.Connections(gateway.Host.Id, port);
            }
            finally
            {
                gateway.Host.Resume();
            }

            await using var client = await opening.WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System).ConfigureAwait(false);
            var text = string.Create(CultureInfo.InvariantCulture, $"served {number}\n");
            await client.InputAsync(text).ConfigureAwait(false);
            await client.Stdout.ContainsAsync(text, TimeSpan.FromSeconds(60)).ConfigureAwait(false);
            Expect.That(await IsNotFoundAsync(url).ConfigureAwait(false), "A token worked twice.");
            await client.CloseAsync().ConfigureAwait(false);
        }
    }

    private static async Task RaceAsync(CriAttachProcesses processes, TestContainer container, int number)
    {
        var url = await processes.Gateways[number % processes.Gateways.Count].AttachAsync(container.Id).ConfigureAwait(false);
        var tries = processes.Gateways.Select(gateway => TryAsync(gateway.Here(url))).ToArray();
        var winners = (await Task.WhenAll(tries).ConfigureAwait(false)).OfType<RawWebSocket>().ToArray();
        foreach (var winner in winners)
        {
            await winner.SendCloseAsync().ConfigureAwait(false);
            winner.Dispose();
        }

        Expect.That(winners.Length == 1, $"Token {number} was good for {winners.Length} connections.");
    }

    private static async Task<RawWebSocket?> TryAsync(Uri url)
    {
        try
        {
            return await RawWebSocket.OpenAsync(url, StreamProtocol.V5.Name).ConfigureAwait(false);
        }
        catch (WebSocketRefusedException refused) when (refused.Answer.StatusCode == 404)
        {
            return null;
        }
    }

    private static async Task<bool> IsNotFoundAsync(Uri url)
    {
        using var second = await TryAsync(url).ConfigureAwait(false);
        return second is null;
    }

    // Parts of a millisecond, to hit other moments each time; nothing is waited for.
    private static void Spin(TimeSpan time)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < time)
        {
            Thread.SpinWait(10);
        }
    }
}
