using System.Globalization;

namespace CriAttach.Testing.Processes;

/// <summary>What a process holds at one moment.</summary>
/// <param name="Resident">Resident memory, in bytes.</param>
/// <param name="Handles">Open file descriptors.</param>
/// <param name="Threads">Threads.</param>
public sealed record ProcessUsage(double Resident, double Handles, double Threads)
{
    /// <summary>Reads what a process holds.</summary>
    /// <param name="pid">The process.</param>
    public static ProcessUsage Of(int pid)
    {
        var directory = string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}");
        var status = File.ReadAllLines(Path.Combine(directory, "status"));
        return new ProcessUsage(
            1024 * Field(status, "VmRSS:"), Directory.EnumerateFileSystemEntries(Path.Combine(directory, "fd")).Count(), Field(status, "Threads:"));
    }

    /// <summary>The medians of several moments.</summary>
    /// <param name="moments">The moments.</param>
    public static ProcessUsage MedianOf(IReadOnlyCollection<ProcessUsage> moments) => new(
        Median(moments.Select(one => one.Resident)), Median(moments.Select(one => one.Handles)), Median(moments.Select(one => one.Threads)));

    /// <summary>The medians of what processes hold at several moments of some work.</summary>
    /// <param name="pids">The processes.</param>
    /// <param name="parts">In how many parts the work is done, with a look behind each.</param>
    /// <param name="work">Does a part.</param>
    public static async Task<ProcessUsage[]> OfAsync(IReadOnlyCollection<int> pids, int parts, Func<int, Task> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        var samples = pids.Select(_ => new List<ProcessUsage>()).ToArray();
        for (var part = 0; part < parts; part++)
        {
            await work(part).ConfigureAwait(false);
            foreach (var (pid, of) in pids.Zip(samples))
            {
                of.Add(Of(pid));
            }
        }

        return [.. samples.Select(MedianOf)];
    }

    /// <summary>By how much of itself each grew until later; the largest.</summary>
    /// <param name="later">The later moment.</param>
    public double GrowthTo(ProcessUsage later)
    {
        ArgumentNullException.ThrowIfNull(later);
        return Math.Max(MemoryGrowthTo(later), Math.Max((later.Handles / Handles) - 1, (later.Threads / Threads) - 1));
    }

    /// <summary>By how much of itself the memory grew until later.</summary>
    /// <param name="later">The later moment.</param>
    public double MemoryGrowthTo(ProcessUsage later)
    {
        ArgumentNullException.ThrowIfNull(later);
        return (later.Resident / Resident) - 1;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Resident / 1e6:f0} MB, {Handles} handles, {Threads} threads");

    private static double Field(string[] status, string name)
    {
        var line = status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..];
        return double.Parse(line.Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    private static double Median(IEnumerable<double> values) => values.Order().ToArray() is var sorted ? sorted[sorted.Length / 2] : 0;
}
