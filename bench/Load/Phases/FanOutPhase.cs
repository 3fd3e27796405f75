using System.Globalization;
using CriAttach.Load.Attach;
using CriAttach.Load.Processes;
using CriAttach.Load.Targets;

namespace CriAttach.Load.Phases;

/// <summary>Many clients of one container each read all of its output.</summary>
internal sealed class FanOutPhase : IPhase
{
    public string Name => "fanout";

    public async Task RunAsync(PhaseContext context, CancellationToken cancellationToken)
    {
        foreach ((int clients, long bytesEach) in context.Sizes.FanOuts)
        {
            await context.WithContainerAsync(BenchImage.CommandReader, container =>
            {
                Measure(context, container, clients, bytesEach);
                return Task.CompletedTask;
            }, cancellationToken).ConfigureAwait(false);
        }
    }

    private static void Measure(PhaseContext context, TargetContainer container, int clients, long bytesEach)
    {
        using CommandSessions sessions = CommandSessions.Open(context.Client, container, clients);
        ProcessMeter meter = new(context.Target.Processes());
        meter.ResetPeaks();
        double cpu = meter.CpuSeconds();
        long start = TimeProvider.System.GetTimestamp();
        sessions.Command('z', bytesEach / BenchImage.ZeroBlock);
        sessions.ReadAll(ContentPattern.Zeros, bytesEach);
        TimeSpan elapsed = TimeProvider.System.GetElapsedTime(start);
        double delivered = clients * (double)bytesEach;
        string name = string.Create(CultureInfo.InvariantCulture, $"fanout{clients}");
        context.Record($"{name}_mb_s", delivered / 1e6 / elapsed.TotalSeconds);
        context.Record($"{name}_cpu_s_per_gb", (meter.CpuSeconds() - cpu) / (delivered / 1e9));
        context.RecordPeaks(name, meter);
    }
}
