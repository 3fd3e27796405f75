using CriAttach.Load.Attach;
using CriAttach.Load.Processes;
using CriAttach.Load.Results;
using CriAttach.Load.Targets;

namespace CriAttach.Load.Phases;

/// <summary>What a phase works on.</summary>
internal sealed class PhaseContext(ITarget target, AttachClient client, LoadSizes sizes, Action<string, double, IReadOnlyList<double>?> record)
{
    internal ITarget Target => target;

    internal AttachClient Client => client;

    internal LoadSizes Sizes => sizes;

    internal void Record(string name, double value, IReadOnlyList<double>? raw = null) => record(name, value, raw);

    internal void RecordPercentile(string name, IReadOnlyCollection<double> samples, double share, IReadOnlyList<double>? raw = null) =>
        record(name, Recorder.Percentile(samples, share) ?? throw new InvalidOperationException($"No samples of {name}."), raw);

    internal void RecordPeaks(string name, ProcessMeter meter)
    {
        foreach (IGrouping<string, (string Role, double Megabytes)> role in meter.Peaks().GroupBy(peak => peak.Role))
        {
            Record($"{name}_peak_{role.Key}_mb", role.Max(peak => peak.Megabytes));
        }
    }

    /// <summary>Runs a phase on a container of its own.</summary>
    internal async Task WithContainerAsync(IReadOnlyList<string> command, Func<TargetContainer, Task> phase, CancellationToken cancellationToken)
    {
        TargetContainer container = await target.StartContainerAsync(command, cancellationToken).ConfigureAwait(false);
        try
        {
            await phase(container).ConfigureAwait(false);
        }
        finally
        {
            await target.RemoveContainerAsync(container, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
