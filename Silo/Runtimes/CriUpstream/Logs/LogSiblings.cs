using CriAttach.Silo.Native;

namespace CriAttach.Silo.Runtimes.CriUpstream.Logs;

/// <summary>A log and what a rotation made of it: <c>0.log.20261125-211800</c> beside <c>0.log</c>, as the kubelet names them. Compressed ones are left alone.</summary>
internal static class LogSiblings
{
    /// <summary>The files, the oldest first; the last is the log itself where it exists.</summary>
    public static IReadOnlyList<string> Of(string path)
    {
        var directory = Path.GetDirectoryName(path);
        if (directory is null || !Directory.Exists(directory))
        {
            return [];
        }

        var prefix = Path.GetFileName(path) + ".";
        var rotated = Directory.EnumerateFiles(directory, prefix + "*")
            .Where(name => Path.GetFileName(name) is var file && file.Length > prefix.Length && char.IsAsciiDigit(file[prefix.Length])
                && !file.EndsWith(".gz", StringComparison.Ordinal) && !file.EndsWith(".tmp", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        return [.. rotated, .. File.Exists(path) ? [path] : Array.Empty<string>()];
    }

    /// <summary>The file that came after another one.</summary>
    /// <returns>None while there is no other, or when that one is not among them any more.</returns>
    public static string? After(string path, FileIdentity file)
    {
        var found = false;
        foreach (var sibling in Of(path))
        {
            if (found)
            {
                return sibling;
            }

            found = FileIdentity.Of(sibling) == file;
        }

        return null;
    }
}
