using System.Globalization;

namespace CriAttach.Testing.Processes;

/// <summary>Questions about running processes, answered from <c>/proc</c>.</summary>
public static class ProcessTable
{
    /// <summary>Processes whose command line, the program first, is of a kind.</summary>
    public static IReadOnlyList<int> Where(Func<IReadOnlyList<string>, bool> isOfKind) =>
        [.. All().Where(pid => isOfKind(CommandLine(pid)))];

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

    /// <summary>The arguments of a process, the program first; none when it is gone.</summary>
    public static IReadOnlyList<string> CommandLine(int pid) => Read(pid, "cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The environment that a process was started with, as <c>NAME=value</c>; none when it is gone.</summary>
    public static IReadOnlyList<string> Environment(int pid) => Read(pid, "environ").Split('\0', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>All processes.</summary>
    public static IReadOnlyList<int> Everything() => [.. All()];

    /// <summary>Whether the process runs. A dead one that nobody waited for does not.</summary>
    public static bool IsAlive(int pid) => StatFields(pid) is [not "Z", ..];

    /// <summary>Asks a process to end.</summary>
    public static void Terminate(int pid) => _ = Libc.Kill(pid, Libc.SigTerm);

    /// <summary>Ends a process.</summary>
    public static void Kill(int pid) => _ = Libc.Kill(pid, Libc.SigKill);

    /// <summary>Freezes a process: its sockets stay open, and nobody answers.</summary>
    public static void Suspend(int pid) => _ = Libc.Kill(pid, Libc.SigStop);

    /// <summary>Lets a frozen process go on.</summary>
    public static void Resume(int pid) => _ = Libc.Kill(pid, Libc.SigContinue);

    /// <summary>The most memory that the process ever had resident, in bytes (<c>VmHWM</c>).</summary>
    /// <exception cref="InvalidOperationException">The process is gone.</exception>
    public static long PeakResident(int pid)
    {
        const string field = "VmHWM:";
        string? line = Read(pid, "status").Split('\n').FirstOrDefault(line => line.StartsWith(field, StringComparison.Ordinal));
        return line is null
            ? throw new InvalidOperationException($"Process {pid} is gone.")
            : 1024 * long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

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

    /// <summary>What <c>/proc</c> tells after the program's name, the state first; nothing when the process is gone.</summary>
    public static IReadOnlyList<string> StatFields(int pid)
    {
        // The name before them is in brackets and may hold anything, so the fields begin at the last bracket.
        string stat = Read(pid, "stat");
        int end = stat.LastIndexOf(')');
        return end < 0 ? [] : stat[(end + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static int Parent(int pid) =>
        StatFields(pid) is [_, string parent, ..] ? int.Parse(parent, CultureInfo.InvariantCulture) : 0;

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
