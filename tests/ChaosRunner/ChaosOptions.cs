using System.Globalization;

namespace CriAttach.ChaosRunner;

/// <summary>What is run: eng/chaos.sh tells what the arguments are.</summary>
/// <param name="Runs">How often each fault happens.</param>
/// <param name="Scale">By what the durations of the long faults are multiplied.</param>
/// <param name="Minutes">For how long faults are drawn by lot, after the matrix.</param>
/// <param name="Rate">How many megabytes a second PID 1 writes.</param>
/// <param name="Verbose">Whether the client's notices are printed.</param>
/// <param name="Only">The names of the faults; all of them when there is none.</param>
internal sealed record ChaosOptions(int Runs, double Scale, int Minutes, int Rate, bool Verbose, IReadOnlyList<string> Only)
{
    private const int QuickRuns = 2;
    private const int FullRuns = 20;
    private const double QuickScale = 0.2;
    private const int DefaultRate = 50;

    /// <summary>Reads the command line.</summary>
    /// <param name="args">The command line.</param>
    public static ChaosOptions Read(string[] args)
    {
        var quick = args.Contains("--quick");
        string[] flags = ["--quick", "--verbose"];
        List<string> only = [.. args.Where((arg, at) => !arg.StartsWith("--", StringComparison.Ordinal) && (at == 0 || !args[at - 1].StartsWith("--", StringComparison.Ordinal) || flags.Contains(args[at - 1])))];
        return new ChaosOptions(
            Number(args, "--runs") ?? (quick ? QuickRuns : FullRuns), quick ? QuickScale : 1, Number(args, "--minutes") ?? 0, Number(args, "--rate") ?? DefaultRate, args.Contains("--verbose"), only);
    }

    private static int? Number(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at < 0 ? null
            : at + 1 < args.Length && int.TryParse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new ArgumentException($"{name} takes a number");
    }
}
