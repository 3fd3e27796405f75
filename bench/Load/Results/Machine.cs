using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CriAttach.Load.Results;

/// <summary>Where and with what the figures were made.</summary>
internal sealed record Machine
{
    public required DateTimeOffset Started { get; init; }

    public required string Processor { get; init; }

    public required int Cores { get; init; }

    public required long MemoryMegabytes { get; init; }

    public required string Kernel { get; init; }

    public required string System { get; init; }

    public required string Runtime { get; init; }

    public required string Containerd { get; init; }

    /// <summary>The machine's load when the run began; well under one on a machine that was left alone.</summary>
    public required string LoadAverage { get; init; }

    internal static Machine Describe() => new()
    {
        Started = TimeProvider.System.GetUtcNow(),
        Processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(": ")[^1] ?? "unknown",
        Cores = Environment.ProcessorCount,
        MemoryMegabytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1_000_000,
        Kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        System = File.ReadLines("/etc/os-release").First(line => line.StartsWith("PRETTY_NAME=", StringComparison.Ordinal)).Split('"')[1],
        Runtime = RuntimeInformation.FrameworkDescription,
        Containerd = Output("/usr/bin/containerd", "--version"),
        LoadAverage = File.ReadAllText("/proc/loadavg").Trim(),
    };

    private static string Output(string program, string argument)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        return output;
    }
}
