namespace CriAttach.ChaosRunner;

/// <summary>Breaks a cluster under load, and keeps account.</summary>
/// <param name="options">How.</param>
/// <param name="output">Where the table goes.</param>
internal sealed class Chaos(ChaosOptions options, TextWriter output)
{
    private readonly List<ChaosRow> _rows = [];

    /// <summary>Runs everything.</summary>
    /// <returns>Whether all was good.</returns>
    public async Task<bool> RunAsync()
    {
        ChaosFaults faults = new(options.Scale);
        ChaosFault[] chosen = [.. faults.All.Where(fault => options.Only.Count == 0 || options.Only.Any(name => fault.Name.StartsWith(name, StringComparison.Ordinal)))];
        if (chosen.Length == 0)
        {
            throw new ArgumentException($"no fault is called {string.Join(" or ", options.Only)}; there are {string.Join(", ", faults.All.Select(fault => fault.Name))}");
        }

        await using var cluster = await ChaosCluster.StartAsync().ConfigureAwait(false);
        await output.WriteLineAsync(ChaosRow.Head).ConfigureAwait(false);
        foreach (var fault in chosen)
        {
            await TryAsync(cluster, fault.Name, fault.Clients, Enumerable.Repeat(fault, options.Runs)).ConfigureAwait(false);
        }

        if (options.Minutes > 0)
        {
            var end = TimeProvider.System.GetUtcNow().AddMinutes(options.Minutes);
            await TryAsync(cluster, $"soak-{options.Minutes}min", 1, ByLot(chosen).TakeWhile(_ => TimeProvider.System.GetUtcNow() < end)).ConfigureAwait(false);
        }

        await output.WriteLineAsync(
            $"{_rows.Sum(row => row.Runs)} faults, {_rows.Sum(row => row.Account.LostSilently)} bytes lost silently, {_rows.Sum(row => row.Account.LostAndTold)} lost and told, "
            + $"{_rows.Sum(row => row.Account.Doubled)} doubled, {_rows.Sum(row => row.Account.InputInDoubt)} of input in doubt and told, {_rows.Count(row => !row.IsGood)} of {_rows.Count} rows bad").ConfigureAwait(false);
        return _rows.All(row => row.IsGood);
    }

    private static IEnumerable<ChaosFault> ByLot(ChaosFault[] faults)
    {
        while (true)
        {
            yield return faults[Random.Shared.Next(faults.Length)];
        }
    }

    private async Task TryAsync(ChaosCluster cluster, string name, int clients, IEnumerable<ChaosFault> faults)
    {
        await cluster.Processes.ReadyAsync().ConfigureAwait(false);
        await using var load = await ChaosLoad.StartAsync(cluster.Processes, clients, options.Rate).ConfigureAwait(false);
        var runs = 0;
        string? fault = null;
        try
        {
            await load.FlowsAsync().ConfigureAwait(false);
            foreach (var one in faults)
            {
                await one.HappenAsync(cluster, load).ConfigureAwait(false);
                runs++;
                await load.CaughtUpAsync().ConfigureAwait(false);
                await cluster.Processes.ReadyAsync().ConfigureAwait(false);
            }
        }
#pragma warning disable CA1031 // Whatever it was: the row is bad, and the others have their turn.
        catch (Exception failure)
        {
            fault = $"run {runs + 1}: {failure.Message.Split('\n')[0]}";
        }
#pragma warning restore CA1031

        var stopped = load.LongestStop;
        var account = await load.SettleAsync().ConfigureAwait(false);
        await cluster.Processes.ReadyAsync().ConfigureAwait(false);
        _rows.Add(new ChaosRow(name, runs, account with { Fault = account.Fault ?? fault }, stopped));
        await output.WriteLineAsync(_rows[^1].ToString()).ConfigureAwait(false);
        foreach (var notice in options.Verbose ? load.Notices : [])
        {
            await output.WriteLineAsync($"    {notice}").ConfigureAwait(false);
        }
    }
}
