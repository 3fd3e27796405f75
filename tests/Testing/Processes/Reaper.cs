using System.Diagnostics;

namespace CriAttach.Testing.Processes;

/// <summary>
/// Ends what this program leaves behind, however it ends: what it starts carries its mark or works in its directories, and a process beside it waits
/// for its death (<c>eng/reap.sh</c>).
/// </summary>
public static class Reaper
{
    private const string Mark = "CRIATTACH_TEST_RUN";
    private static readonly Lazy<Process> Beside = new(Start);

    /// <summary>Sees to it, from the first process on that is started.</summary>
    public static void Watch() => _ = Beside.Value;

    /// <summary>Sees to it for all that have files open in a directory, whoever started them.</summary>
    /// <param name="directory">The directory, which is this program's alone.</param>
    public static void Watch(string directory)
    {
        var input = Beside.Value.StandardInput;
        lock (input)
        {
            input.WriteLine(directory);
            input.Flush();
        }
    }

    private static Process Start()
    {
        var run = Guid.NewGuid().ToString("N");
        Environment.SetEnvironmentVariable(Mark, run);

        // Ctrl-C in a terminal ends the tests, not this.
        return Process.Start(new ProcessStartInfo("setsid", [Path.Combine(Repository.Top, "eng", "reap.sh"), run]) { RedirectStandardInput = true })!;
    }
}
