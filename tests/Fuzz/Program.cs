using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using CriAttach.Fuzz;

// dotnet run -c Release --project tests/Fuzz -- <target | all> <seconds> [seed]
// dotnet run -c Release --project tests/Fuzz -- <target> hex <input>      runs one input again
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
    : RandomNumberGenerator.GetInt32(int.MaxValue);
foreach (var target in chosen)
{
    Console.WriteLine($"{target.Name}: seed {seed}");
    var started = Stopwatch.GetTimestamp();
    try
    {
        var count = FuzzLoop.Run(target, seed, _ => Stopwatch.GetElapsedTime(started) < time);
        Console.WriteLine($"{target.Name}: {count} inputs, no mismatch");
    }
    catch (FuzzMismatchException mismatch)
    {
        Console.Error.WriteLine(mismatch.Message);
        return 1;
    }
}

return 0;
