using System.Globalization;
using CriAttach.Load.Targets;
using CriAttach.Testing.Processes;

namespace CriAttach.Load.Processes;

/// <summary>Time and memory of a set of processes, from <c>/proc</c>.</summary>
internal sealed class ProcessMeter(IReadOnlyList<TargetProcess> processes)
{
    private const double TicksPerSecond = 100;
    private const int UserTime = 11;
    private const int SystemTime = 12;

    /// <summary>User and system time so far, of the processes themselves and not of their children.</summary>
    internal double CpuSeconds() => processes.Sum(process =>
    {
        IReadOnlyList<string> stat = ProcessTable.StatFields(process.Id);
        return stat.Count == 0 ? throw new InvalidOperationException($"{process.Role} has ended.") : (Number(stat[UserTime]) + Number(stat[SystemTime])) / TicksPerSecond;
    });

    internal double ResidentKilobytes() => processes.Sum(process => Status(process.Id, "VmRSS:"));

    /// <summary>Forgets the peaks so far, where the kernel lets us.</summary>
    internal void ResetPeaks()
    {
        foreach (TargetProcess process in processes)
        {
            File.WriteAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/clear_refs"), "5");
        }
    }

    internal IReadOnlyList<(string Role, double Megabytes)> Peaks() =>
        [.. processes.Select(process => (process.Role, Status(process.Id, "VmHWM:") * 1024 / 1e6))];

    private static double Status(int pid, string field)
    {
        string line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/status"))
            .First(line => line.StartsWith(field, StringComparison.Ordinal));
        return Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2].Split('\t')[^1]);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
