using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using CriAttach.Fuzz;

// dotnet run -c Release --project tests/Fuzz -- <target | all> <seconds> [seed]     eng/fuzz.sh does so with a ceiling of memory
// dotnet run -c Release --project tests/Fuzz -- <target> hex <input>                runs one input again
const int maxCrashes = 10;
if (args.Length < 2)
{
    Console.Error.WriteLine("usage: <target | all> <seconds> [seed]   or   <target> hex <input>");
    Console.Error.WriteLine("targets: " + string.Join(' ', FuzzTargets.All.Select(target => target.Name)));
    return 2;
}

var chosen = FuzzTargets.All.Where(target => args[0] == "all" || target.Name == args[0]).ToList();
if (chosen.Count == 0)
{
    Console.Error.WriteLine($"There is no target '{args[0]}'.");
    return 2;
}

if (args[1] == "hex")
{
    chosen[0].Run(Convert.FromHexString(args[2]));
    return 0;
}

var time = TimeSpan.FromSeconds(double.Parse(args[1], CultureInfo.InvariantCulture));
var seed = args.Length > 2
    ? int.Parse(args[2], CultureInfo.InvariantCulture)
    : RandomNumberGenerator.GetInt32(int.MaxValue - maxCrashes);
var allCrashes = 0;
foreach (var target in chosen)
{
    // Said beforehand: with it the run can be repeated, whatever ends it.
    Console.Error.WriteLine($"{target.Name}: seed {seed}");
    var started = Stopwatch.GetTimestamp();
    long execs = 0;
    var crashes = 0;
    while (crashes < maxCrashes && Stopwatch.GetElapsedTime(started) < time)
    {
        try
        {
            execs += FuzzLoop.Run(target, seed + crashes, _ => Stopwatch.GetElapsedTime(started) < time);
        }
        catch (FuzzMismatchException mismatch)
        {
            crashes++;
            Console.Error.WriteLine(mismatch.Message);
        }
    }

    using var self = Process.GetCurrentProcess();
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{target.Name}: {execs} execs, {crashes} crashes, peak {self.PeakWorkingSet64 / 1e6:f0} MB, {Stopwatch.GetElapsedTime(started).TotalSeconds:f0} s"));
    allCrashes += crashes;
}

return allCrashes == 0 ? 0 : 1;
