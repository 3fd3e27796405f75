using System.Globalization;
using CriAttach.AcceptanceRunner;

// eng/acceptance.sh and eng/kubectl-transcript.sh tell what the arguments are.
if (args is ["--kubectl-transcript"])
{
    await KubectlTranscript.WriteAsync(Console.Out).ConfigureAwait(false);
    return 0;
}

var sizes = args.Contains("--quick") ? Sizes.Quick : Sizes.Full;
var letters = string.Concat(args.Where(arg => !arg.StartsWith("--", StringComparison.Ordinal)));
var points = new Acceptance(sizes).Points.Where(point => letters.Length == 0 || letters.Contains(point.Letter, StringComparison.Ordinal)).ToArray();
var failed = 0;
foreach (var point in points)
{
    var start = TimeProvider.System.GetTimestamp();
    string verdict;
    string details;
    try
    {
        details = await point.CheckAsync().ConfigureAwait(false);
        verdict = "pass";
    }
#pragma warning disable CA1031 // Whatever it was: the point has failed, and the others have their turn.
    catch (Exception fault)
    {
        details = fault.ToString();
        verdict = "FAIL";
        failed++;
    }
#pragma warning restore CA1031

    var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
    await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{verdict} ({point.Letter}) {point.Promise}: {details}{(details.Length > 0 ? ", " : "")}{seconds:f0} s")).ConfigureAwait(false);
}

await Console.Out.WriteLineAsync($"{points.Length - failed} passed, {failed} failed").ConfigureAwait(false);
return failed == 0 && points.Length > 0 ? 0 : 1;
