using CriAttach.Load.Attach;
using CriAttach.Load.Logs;
using CriAttach.Load.Processes;
using CriAttach.Load.Targets;
using CriAttach.Testing.Processes;

namespace CriAttach.Load.Phases;

/// <summary>One client reads a lot of output; then the log must hold the same.</summary>
internal sealed class StdoutPhase(string name, char command, ContentPattern pattern, int unit, Func<LoadSizes, long> size) : IPhase
{
    private static readonly TimeSpan LogPatience = TimeSpan.FromSeconds(30);

    public string Name => name;

    internal static StdoutPhase Zeros() => new("zeros", 'z', ContentPattern.Zeros, BenchImage.ZeroBlock, sizes => sizes.Zeros);

    internal static StdoutPhase Lines() => new("lines", 'l', ContentPattern.Lines, ContentPattern.Lines.Period.Length, sizes => sizes.Lines);

    public Task RunAsync(PhaseContext context, CancellationToken cancellationToken) => context.WithContainerAsync(BenchImage.CommandReader, async container =>
    {
        long bytes = size(context.Sizes);
        using (CommandSessions sessions = CommandSessions.Open(context.Client, container, 1))
        {
            ProcessMeter meter = new(context.Target.Processes());
            meter.ResetPeaks();
            double cpu = meter.CpuSeconds();
            long start = TimeProvider.System.GetTimestamp();
            sessions.Command(command, bytes / unit);
            sessions.ReadAll(pattern, bytes);
            TimeSpan elapsed = TimeProvider.System.GetElapsedTime(start);
            context.Record($"stdout_{name}_mb_s", bytes / 1e6 / elapsed.TotalSeconds);
            context.Record($"stdout_{name}_cpu_s_per_gb", (meter.CpuSeconds() - cpu) / (bytes / 1e9));
            context.RecordPeaks($"stdout_{name}", meter);
            sessions.First.SendInput("e\n");
        }

        await Until.TrueAsync(
            () => CriLogContent.IsComplete(container.LogFiles(), CommandSessions.Marker, pattern, bytes),
            LogPatience, $"the log of {name} is complete", cancellationToken).ConfigureAwait(false);
        context.Record($"stdout_{name}_log_checked_mb", bytes / 1e6);
    }, cancellationToken);
}
