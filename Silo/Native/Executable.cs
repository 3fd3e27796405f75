namespace CriAttach.Silo.Native;

/// <summary>Finds programs as a shell does.</summary>
internal static class Executable
{
    private const string StandardPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /// <summary>Gets the path on which programs are looked for.</summary>
    public static string SearchPath { get; } = Environment.GetEnvironmentVariable("PATH") is { Length: > 0 } path ? $"{path}:{StandardPath}" : StandardPath;

    /// <summary>The absolute path of a program; none when there is none.</summary>
    public static string? Find(string name) =>
        name.Contains('/', StringComparison.Ordinal)
            ? File.Exists(name) ? Path.GetFullPath(name) : null
            : SearchPath.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
}
