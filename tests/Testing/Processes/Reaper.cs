using System.Diagnostics;

namespace CriAttach.Testing.Processes;

/// <summary>
/// Ends what this program leaves behind, however it ends: everything that it starts carries its mark, and a process beside it waits for its death
/// (<c>eng/reap.sh</c>).
/// </summary>
internal static class Reaper
{
    private const string Mark = "CRIATTACH_TEST_RUN";
    private static readonly Lazy<Process> Beside = new(Start);

    /// <summary>Sees to it, from the first process on that is started.</summary>
    public static void Watch() => _ = Beside.Value;

    private static Process Start()
    {
        var run = Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(Mark, run);

        // Ctrl-C in a terminal ends the tests, not this.
        return Process.Start(new ProcessStartInfo("setsid", [Path.Combine(Repository.Top, "eng", "reap.sh"), run]) { RedirectStandardInput = true })!;
    }
}
