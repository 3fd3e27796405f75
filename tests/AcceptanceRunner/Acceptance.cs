using System.Globalization;
using CriAttach.Testing.Attach;
using CriAttach.Testing.Processes;
using CriAttach.Testing.Scenarios;
using CriAttach.Wire.Channels;

namespace CriAttach.AcceptanceRunner;

/// <summary>The points of the acceptance list, each with processes of its own.</summary>
/// <param name="sizes">How much of everything.</param>
internal sealed class Acceptance(Sizes sizes)
{
    private const long MaxResident = 256L * 1000 * 1000;
    private const int SlowOutput = 2_000_000;
    private const int Looks = 10;
    private const double FullRate = 0.9;
    private static readonly TimeSpan FastEcho = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StallTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan LongestStop = TimeSpan.FromSeconds(3);

    public IReadOnlyList<Point> Points =>
    [
        new('a', "a token is good for one connection in the whole cluster", TokensAsync),
        new('a', "the same while an unrelated silo is killed and restarted", TokensWhileASiloDiesAsync),
        new('a', "a claim whose answer was lost is repeated and served", LostAnswersAsync),
        new('b', "kill -9 of an unrelated silo affects nothing", UnrelatedSiloAsync),
        new('c', "PID 1 writes without end while its stdin is full", () => RunAsync(Deadlocks.EndlessWriterWithFullStdinAsync)),
        new('c', "PID 1 reads nothing", () => RunAsync(Deadlocks.SilentAndDeafAsync)),
        new('c', "a client does not read", () => RunAsync(Deadlocks.ClientThatDoesNotReadAsync)),
        new('d', "random output, by pipe, bit for bit", () => BytesAsync((processes, at) => RandomBytes.OutputAsync(processes, sizes.Bytes, tty: false, at))),
        new('d', "random output, by terminal in raw mode", () => BytesAsync((processes, at) => RandomBytes.OutputAsync(processes, sizes.Bytes, tty: true, at))),
        new('d', "random input, by pipe, bit for bit", () => BytesAsync((processes, at) => RandomBytes.InputAsync(processes, sizes.Bytes, tty: false, at))),
        new('d', "random input, by terminal in raw mode", () => BytesAsync((processes, at) => RandomBytes.InputAsync(processes, sizes.Bytes, tty: true, at))),
        new('e', "300 kB and exit 0: whole, then the status", () => EndsAsync(300_000, 0)),
        new('e', "300 kB and exit 3: whole, then the status", () => EndsAsync(300_000, 3)),
        new('e', "8 MiB and exit 0: whole, then the status", () => EndsAsync(8 * 1024 * 1024, 0)),
        new('e', "8 MiB and exit 3: whole, then the status", () => EndsAsync(8 * 1024 * 1024, 3)),
        new('f', "the first echo is never lost", FirstEchoesAsync),
        new('g', "output before the first attach goes to the first attacher", () => RunAsync(UnseenOutput.RunAsync)),
        new('g', "exit before the client comes: output and status", () => RunAsync(UnseenOutput.ExitBeforeTheClientComesAsync)),
        new('h', "a slow reader gets every byte and the status", SlowReaderAsync),
        new('p', "a silent stream and a slow unary call pass through a gateway without silo and store", LongCallsAsync),
        new('k', "a kubelet's sequence over SPDY, idle but for pings, then echoed", KubeletIdleAsync),
        new('k', "a kubelet's sequence, random output, bit for bit", () => BytesAsync((processes, _) => KubeletSequence.OutputAsync(processes, sizes.Bytes), runs: 1)),
        new('k', "a kubelet's sequence, random input, bit for bit", () => BytesAsync((processes, _) => KubeletSequence.InputAsync(processes, sizes.Bytes), runs: 1)),
        new('s', "hostile bytes at a gateway's SPDY port: others do not notice, memory is bounded", HostileSpdyAsync),
        new('u', "containerd's containers: 300 kB of random bytes, then exit: whole, then the status", () => UpstreamEndsAsync(random: true)),
        new('u', "containerd's containers: 300 kB of one byte, then exit: whole, then the status", () => UpstreamEndsAsync(random: false)),
        new('u', "containerd's containers: a client without input ends nothing and closes nothing", UpstreamWithoutInputAsync),
        new('u', "containerd's containers: beside a client that has lost its right, others and the log are as fast as without it", UpstreamRatesAsync),
        new('u', "containerd's containers: StopContainer returns within 3 s, whatever a client that does not read holds up", UpstreamStopAsync),
        new('w', "two of ten clients do not read: what the others bear", () => TenClientsAsync(loris: false)),
        new('w', "two of ten clients read a byte in nine seconds: what the others bear", () => TenClientsAsync(loris: true)),
        new('x', "sessions come and go, clean, cut, broken off and unclaimed: memory, handles and threads stay", CyclesAsync),
        new('y', "many sessions of mixed behaviour: no fault, fast echoes, memory stays", CrowdAsync),
    ];

    private static Task<CriAttachProcesses> StartAsync(int silos, int gateways) =>
        CriAttachProcesses.StartAsync(new CriAttachProcessesOptions { Silos = silos, Gateways = gateways, Runtime = "conmon" });

    private static async Task<string> RunAsync(Func<CriAttachProcesses, Task> scenario)
    {
        await using var processes = await StartAsync(1, 2).ConfigureAwait(false);
        await scenario(processes).ConfigureAwait(false);
        return "";
    }

    private async Task<string> TokensAsync()
    {
        await using var processes = await StartAsync(2, 2).ConfigureAwait(false);
        await Tokens.OneWinnerEachAsync(processes, sizes.Tokens).ConfigureAwait(false);
        return $"{sizes.Tokens} tokens, each opened at 2 gateways at once";
    }

    private async Task<string> TokensWhileASiloDiesAsync()
    {
        await using var processes = await StartAsync(3, 2).ConfigureAwait(false);
        var kills = await Tokens.OneWinnerEachWhileASiloDiesAsync(processes, sizes.Tokens).ConfigureAwait(false);
        return $"{sizes.Tokens} tokens, {kills} kills";
    }

    private async Task<string> LostAnswersAsync()
    {
        await using var processes = await StartAsync(1, 1).ConfigureAwait(false);
        await Tokens.LostAnswerAsync(processes, sizes.LostAnswers).ConfigureAwait(false);
        return $"{sizes.LostAnswers} claims, the connection cut during each";
    }

    private static async Task<string> UnrelatedSiloAsync()
    {
        await using var processes = await StartAsync(3, 2).ConfigureAwait(false);
        var traffic = await Traffic.StartAsync(processes, "n1", "n1", "n3", "n3").ConfigureAwait(false);
        await using (traffic.ConfigureAwait(false))
        {
            await traffic.MoreAsync(1000, Patience).ConfigureAwait(false);
            await processes.Silos[1].KillAsync().ConfigureAwait(false);
            await traffic.MoreAsync(5000, Patience).ConfigureAwait(false);
            await processes.RestartAsync(processes.Silos[1]).ConfigureAwait(false);
            await traffic.MoreAsync(1000, Patience).ConfigureAwait(false);
            await traffic.StopAsync().ConfigureAwait(false);
            return string.Create(CultureInfo.InvariantCulture, $"{traffic.Echoes} echoes, the slowest {traffic.Slowest.TotalMilliseconds:f0} ms");
        }
    }

    private async Task<string> KubeletIdleAsync()
    {
        await RunAsync(processes => KubeletSequence.IdleAsync(processes, sizes.KubeletPings)).ConfigureAwait(false);
        return $"{sizes.KubeletPings} pings answered, one every 5 s";
    }

    private async Task<string> BytesAsync(Func<CriAttachProcesses, int, Task> scenario, int? runs = null)
    {
        var count = runs ?? sizes.ByteRuns;
        await using var processes = await StartAsync(1, 1).ConfigureAwait(false);
        var start = TimeProvider.System.GetTimestamp();
        for (var run = 0; run < count; run++)
        {
            await scenario(processes, 0).ConfigureAwait(false);
        }

        var rate = sizes.Bytes * count / TimeProvider.System.GetElapsedTime(start).TotalSeconds / 1e6;
        var silo = ProcessTable.PeakResident(processes.Silos[0].Id);
        var gateway = ProcessTable.PeakResident(processes.Gateways[0].Host.Id);
        return silo < MaxResident && gateway < MaxResident
            ? string.Create(CultureInfo.InvariantCulture, $"{count} x {sizes.Bytes >> 20} MiB, {rate:f0} MB/s, peaks {silo / 1e6:f0} MB silo, {gateway / 1e6:f0} MB gateway")
            : throw new ScenarioException(string.Create(CultureInfo.InvariantCulture, $"The peaks are {silo / 1e6:f0} MB in the silo and {gateway / 1e6:f0} MB in the gateway."));
    }

    private async Task<string> EndsAsync(int length, int exitCode)
    {
        await using var processes = await StartAsync(1, 2).ConfigureAwait(false);
        for (var run = 0; run < sizes.EndRuns; run++)
        {
            await EndOfOutput.RunAsync(processes, length, exitCode, at: run % 2).ConfigureAwait(false);
        }

        return $"{sizes.EndRuns} of {sizes.EndRuns} runs";
    }

    private async Task<string> UpstreamEndsAsync(bool random)
    {
        await using var node = await StartUpstreamAsync().ConfigureAwait(false);
        var whole = 0;
        for (var run = 0; run < sizes.EndRuns; run++)
        {
            whole += await Upstream.EndOfOutputAsync(node, random).ConfigureAwait(false) ? 1 : 0;
        }

        return $"{whole} of {sizes.EndRuns} runs" + (whole < sizes.EndRuns ? "; the others were cut by containerd, as its own log is" : "");
    }

    private static async Task<string> UpstreamWithoutInputAsync()
    {
        await using var node = await StartUpstreamAsync().ConfigureAwait(false);
        await Upstream.WithoutInputAsync(node, stdinOnce: false).ConfigureAwait(false);
        await Upstream.WithoutInputAsync(node, stdinOnce: true).ConfigureAwait(false);
        return "";
    }

    private async Task<string> UpstreamRatesAsync()
    {
        await using var node = await StartUpstreamAsync().ConfigureAwait(false);
        var (alone, client, log) = await UpstreamStall.RatesAsync(node, sizes.StallRounds).ConfigureAwait(false);
        var text = string.Create(CultureInfo.InvariantCulture, $"{alone / 1e6:f1} MB/s without it; with it the client {client:p0}, the log {log:p0}");
        return Math.Min(client, log) >= FullRate ? text : throw new ScenarioException(text);
    }

    private async Task<string> UpstreamStopAsync()
    {
        // With the default of ten seconds, so that PID 1 is held for as long as may be.
        await using var node = await UpstreamNode.StartAsync().ConfigureAwait(false);
        var slowest = TimeSpan.Zero;
        for (var round = 0; round < sizes.StallRounds; round++)
        {
            var took = await UpstreamStall.StopAsync(node).ConfigureAwait(false);
            slowest = took > slowest ? took : slowest;
        }

        var text = string.Create(CultureInfo.InvariantCulture, $"{3 * sizes.StallRounds} containers, the slowest after {slowest.TotalSeconds:f2} s");
        return slowest < LongestStop ? text : throw new ScenarioException(text);
    }

    private static Task<UpstreamNode> StartUpstreamAsync() => UpstreamNode.StartAsync(stallTimeout: TimeSpan.FromSeconds(2));

    private async Task<string> HostileSpdyAsync()
    {
        await using var processes = await StartAsync(1, 1).ConfigureAwait(false);
        var seed = Random.Shared.Next();
        await HostileSpdy.RunAsync(processes, sizes.HostileSessions, seed).ConfigureAwait(false);
        var gateway = ProcessTable.PeakResident(processes.Gateways[0].Host.Id);
        return gateway < MaxResident
            ? string.Create(CultureInfo.InvariantCulture, $"{sizes.HostileSessions} sessions, seed {seed}, peak {gateway / 1e6:f0} MB gateway")
            : throw new ScenarioException(string.Create(CultureInfo.InvariantCulture, $"The gateway's peak is {gateway / 1e6:f0} MB."));
    }

    private async Task<string> FirstEchoesAsync()
    {
        await using var processes = await StartAsync(1, 2).ConfigureAwait(false);
        await FirstEcho.RunAsync(processes, sizes.Attaches).ConfigureAwait(false);
        return $"{sizes.Attaches} attaches";
    }

    private async Task<string> LongCallsAsync()
    {
        await LongCalls.RunAsync(sizes.SilentStream, sizes.SlowCall).ConfigureAwait(false);
        return $"silent for {sizes.SilentStream}, answered after {sizes.SlowCall}";
    }

    private static async Task<string> TenClientsAsync(bool loris)
    {
        await using var processes = await StartAsync(1, 2).ConfigureAwait(false);
        var ten = await TenClients.StartAsync(processes).ConfigureAwait(false);
        await using (ten.ConfigureAwait(false))
        {
            var report = await ten.RunAsync(loris).ConfigureAwait(false);
            var stop = await ten.StopAsync().ConfigureAwait(false);
            var text = string.Create(CultureInfo.InvariantCulture, $"{report}; stopped in {stop.TotalSeconds:f2} s");
            var isGood = report.Stopped <= StallTimeout && report.Rate >= FullRate && report.FirstByte < Prompt && report.SlowestInterrupt < Prompt && stop < 2 * Prompt;
            return isGood ? text : throw new ScenarioException(text);
        }
    }

    private async Task<string> CyclesAsync()
    {
        await using var processes = await CriAttachProcesses.StartAsync(
            new CriAttachProcessesOptions { Silos = 1, Gateways = 1, Runtime = "conmon", SiloSettings = Cycles.SiloSettings }).ConfigureAwait(false);
        var report = await Cycles.RunAsync(processes, sizes.Cycles).ConfigureAwait(false);
        var text = $"{sizes.Cycles} cycles; {report}";
        return report.Growth <= sizes.CycleGrowth ? text : throw new ScenarioException(text);
    }

    private async Task<string> CrowdAsync()
    {
        await using var processes = await StartAsync(2, 2).ConfigureAwait(false);
        var crowd = await Crowd.StartAsync(processes, sizes.CrowdContainers, sizes.CrowdSessions, sizes.CrowdSlowBytesPerSecond).ConfigureAwait(false);
        await using (crowd.ConfigureAwait(false))
        {
            await crowd.RunAsync(sizes.CrowdTime * 6 / 30).ConfigureAwait(false);
            var early = await SampledAsync(crowd, processes, sizes.CrowdTime / 30).ConfigureAwait(false);
            crowd.TakeEchoes(99);
            await crowd.RunAsync(sizes.CrowdTime * 22 / 30).ConfigureAwait(false);
            var late = await SampledAsync(crowd, processes, sizes.CrowdTime / 30).ConfigureAwait(false);
            var (count, p99) = crowd.TakeEchoes(99);

            // Of sixteen threads, one more for a burst would be six per cent; cycles tell about threads and handles.
            var growth = early.Zip(late, (before, after) => before.MemoryGrowthTo(after)).Max();
            var text = string.Create(
                CultureInfo.InvariantCulture,
                $"{sizes.CrowdSessions} sessions on {sizes.CrowdContainers} containers for {sizes.CrowdTime}, {crowd.Visits} visits, watchers received {crowd.Watched / 1e6:f1} MB, slow readers {crowd.SlowlyRead / 1e6:f1} MB, {count} echoes, p99 {p99.TotalMilliseconds:f1} ms; early {string.Join(" / ", early.AsEnumerable())}; late {string.Join(" / ", late.AsEnumerable())}");
            return crowd.IsMixed && p99 < FastEcho && growth <= sizes.CycleGrowth ? text : throw new ScenarioException(text);
        }
    }

    /// <summary>What silos and gateways hold while the crowd goes on for a while: visitors come and go, so a single look says little.</summary>
    private static Task<ProcessUsage[]> SampledAsync(Crowd crowd, CriAttachProcesses processes, TimeSpan time)
    {
        var looks = Math.Clamp((int)time.TotalSeconds, 1, Looks);
        int[] pids = [.. processes.Silos.Select(silo => silo.Id), .. processes.Gateways.Select(gateway => gateway.Host.Id)];
        return ProcessUsage.OfAsync(pids, looks, _ => crowd.RunAsync(time / looks));
    }

    private async Task<string> SlowReaderAsync()
    {
        await using var processes = await StartAsync(1, 1).ConfigureAwait(false);
        RandomContent content = new(5);
        content.WriteFile(Path.Combine(await processes.RootfsAsync().ConfigureAwait(false), "slow"), SlowOutput);
        await using var container = await processes.ShellAsync("read go; cat /slow").ConfigureAwait(false);
        AttachClientOptions options = new() { BytesPerSecond = sizes.SlowReaderBytesPerSecond, ReceiveBuffer = 4096, Sink = (_, bytes) => content.Check(bytes) };
        await using var client = await container.AttachAsync(StreamProtocol.V5, options: options).ConfigureAwait(false);
        await client.InputAsync("go\n").ConfigureAwait(false);
        var end = await client.EndAsync(TimeSpan.FromMinutes(15)).ConfigureAwait(false);
        return content.Checked == SlowOutput && end is { Fault: null, CloseCode: 1000 } && end.Status.Contains("Success", StringComparison.Ordinal)
            ? $"{SlowOutput} bytes at {sizes.SlowReaderBytesPerSecond} a second"
            : throw new ScenarioException($"{content.Checked} of {SlowOutput} bytes came; the session: {end}");
    }
}
