namespace CriAttach.Runtimes.Tests;

/// <summary>A root file system with busybox in it.</summary>
internal static class Rootfs
{
    private const string Busybox = "/bin/busybox";
    private static readonly string[] Applets =
        ["sh", "cat", "echo", "dd", "stty", "kill", "sleep", "yes", "seq", "head", "tr", "printf", "true", "false", "awk", "wc", "mkfifo", "touch", "tail"];

    /// <summary>Makes one.</summary>
    public static void Create(string path)
    {
        if (!File.Exists(Busybox))
        {
            throw new InvalidOperationException($"{Busybox} is missing: install the package busybox-static");
        }

        foreach (var directory in (string[])["bin", "dev", "etc", "proc", "sys", "tmp"])
        {
            Directory.CreateDirectory(Path.Combine(path, directory));
        }

        File.Copy(Busybox, Path.Combine(path, "bin/busybox"));
        foreach (var applet in Applets)
        {
            File.CreateSymbolicLink(Path.Combine(path, "bin", applet), "busybox");
        }
    }
}
