using System.Globalization;
using System.Text.Json;

namespace CriAttach.Load.Results;

/// <summary>Prints and keeps what a run found.</summary>
internal sealed class Report(Machine machine, Recorder recorder)
{
    internal const string Ours = "ours";
    internal const string Containerd = "containerd";

    // Silo and gateway stay below this in the heavy phases; the issue says so.
    private const double PeakLimitMegabytes = 256;
    private static readonly string[] LimitedRoles = ["silo", "gateway"];
    private static readonly JsonSerializerOptions Rows = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    internal void Print()
    {
        Console.WriteLine();
        Console.WriteLine($"{"median of the rounds",-26} {Ours,12} {Containerd,12} {"gain",8}   (gain above 1: ours is better)");
        foreach (Row row in Row.Compared)
        {
            (double? ours, double? theirs) = Medians(row.Name);
            Console.WriteLine($"{row.Name,-26} {Text(ours, "0.###"),12} {Text(theirs, "0.###"),12} {Text(row.Gain(ours, theirs), "0.00x"),8}");
        }

        Console.WriteLine();
        Console.WriteLine("also measured");
        foreach (string name in recorder.Samples.Select(sample => sample.Name).Distinct().Except(Row.Compared.Select(row => row.Name)).Order(StringComparer.Ordinal))
        {
            (double? ours, double? theirs) = Medians(name);
            Console.WriteLine($"{name,-40} {Text(ours, "0.###"),12} {Text(theirs, "0.###"),12}");
        }

        foreach (Sample peak in PeaksAboveLimit())
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ABOVE THE LIMIT of {PeakLimitMegabytes:0} MB: {peak.Name} {peak.Value:0}"));
        }

        foreach (Failure failure in recorder.Failures)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"FAILED: {failure.Target}, round {failure.Round}, {failure.Phase}: {failure.Message}"));
        }
    }

    internal bool IsClean => recorder.Failures.Count == 0 && !PeaksAboveLimit().Any();

    internal void WriteRows(string path) => Write(path, new
    {
        Rows = Row.Compared.ToDictionary(row => row.Name, row =>
        {
            (double? ours, double? theirs) = Medians(row.Name);
            return new { Ours = ours, Containerd = theirs };
        }),
    }, Rows);

    internal void WriteRaw(string path) => Write(path, new { machine, recorder.Failures, recorder.Samples }, JsonSerializerOptions.Web);

    private static void Write<T>(string path, T value, JsonSerializerOptions format)
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } directory)
        {
            Directory.CreateDirectory(directory);
        }

        File.WriteAllText(path, JsonSerializer.Serialize(value, format) + "\n");
    }

    private static string Text(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    private (double? Ours, double? Theirs) Medians(string name) => (recorder.Median(Ours, name), recorder.Median(Containerd, name));

    private IEnumerable<Sample> PeaksAboveLimit() => recorder.Samples.Where(sample =>
        sample.Value > PeakLimitMegabytes && LimitedRoles.Any(role => sample.Name.EndsWith($"_peak_{role}_mb", StringComparison.Ordinal)));
}
