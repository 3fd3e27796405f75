using System.Globalization;

namespace CriAttach.Load.Results;

/// <summary>Collects figures and says each one as it comes.</summary>
internal sealed class Recorder
{
    private readonly List<Sample> _samples = [];
    private readonly List<Failure> _failures = [];

    internal IReadOnlyList<Sample> Samples => _samples;

    internal IReadOnlyList<Failure> Failures => _failures;

    internal void Add(Sample sample)
    {
        _samples.Add(sample);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {sample.Target,-10} {sample.Round}  {sample.Name,-36} {sample.Value,12:0.###}"));
    }

    internal void Add(Failure failure)
    {
        _failures.Add(failure);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {failure.Target,-10} {failure.Round}  {failure.Phase} FAILED: {failure.Message}"));
    }

    /// <summary>The median over the rounds; nothing when there is none.</summary>
    internal double? Median(string target, string name) =>
        Percentile([.. _samples.Where(sample => sample.Target == target && sample.Name == name).Select(sample => sample.Value)], 0.5);

    /// <summary>The value below which a share of the samples lies; of an even number the lower middle.</summary>
    internal static double? Percentile(IReadOnlyCollection<double> samples, double share) =>
        samples.Count == 0 ? null : samples.Order().ElementAt((int)Math.Ceiling(samples.Count * share) - 1);
}
