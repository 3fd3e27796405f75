using System.Globalization;

namespace CriAttach.Testing.Processes;

/// <summary>Questions about running processes, answered from <c>/proc</c>.</summary>
public static class ProcessTable
{
    /// <summary>Processes that were started with exactly this argument somewhere in their command line.</summary>
    public static IReadOnlyList<int> WithArgument(string argument) =>
        [.. All().Where(pid => CommandLine(pid).Contains(argument, StringComparer.Ordinal))];

    /// <summary>The children of a process, their children, and so on.</summary>
    public static IReadOnlyList<int> Descendants(int ancestor)
    {
        ILookup<int, int> children = All().ToLookup(Parent);
        List<int> found = [];
        Queue<int> open = new([ancestor]);
        while (open.TryDequeue(out int pid))
        {
            foreach (int child in children[pid])
            {
                found.Add(child);
                open.Enqueue(child);
            }
        }

        return found;
    }

    /// <summary>The arguments of a process, its name first; none when it is gone.</summary>
    public static IReadOnlyList<string> CommandLine(int pid) => Read(pid, "cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether the process runs. A dead one that nobody waited for does not.</summary>
    public static bool IsAlive(int pid) => StatFields(pid) is [not "Z", ..];

    /// <summary>Asks a process to end.</summary>
    public static void Terminate(int pid) => _ = Libc.Kill(pid, Libc.SigTerm);

    /// <summary>Ends a process.</summary>
    public static void Kill(int pid) => _ = Libc.Kill(pid, Libc.SigKill);

    private static IEnumerable<int> All()
    {
        foreach (string directory in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out int pid))
            {
                yield return pid;
            }
        }
    }

    private static int Parent(int pid) =>
        StatFields(pid) is [_, string parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0;

    // The second field is the program's name in brackets and may hold anything, so fields count from the last bracket.
    private static string[] StatFields(int pid)
    {
        string stat = Read(pid, "stat");
        int end = stat.LastIndexOf(')');
        return end < 0 ? [] : stat[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Read(int pid, string file)
    {
        try
        {
            return File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/{file}"));
        }
        catch (IOException)
        {
            return "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }
}
