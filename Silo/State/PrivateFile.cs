namespace CriAttach.Silo.State;

/// <summary>Files and directories that only the silo's user can read. What a process leaves is whole after that process dies; it is not forced to the disk, for no container outlives the machine.</summary>
internal static class PrivateFile
{
    /// <summary>What the name of a file ends with that is about to replace another.</summary>
    public const string NewSuffix = ".new";

    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Replaces a file's content: others see the old one or the new one.</summary>
    public static void Replace(string path, ReadOnlySpan<byte> content)
    {
        var next = path + NewSuffix;
        using (var file = Open(next, System.IO.FileMode.Create))
        {
            file.Write(content);
        }

        File.Move(next, path, overwrite: true);
    }

    /// <summary>Opens a file for writing.</summary>
    public static FileStream Open(string path, FileMode mode) => new(path, new FileStreamOptions
    {
        Mode = mode,
        Access = FileAccess.Write,
        Share = FileShare.ReadWrite | FileShare.Delete,
        UnixCreateMode = FileMode,
        BufferSize = 0,
    });

    /// <summary>Makes a directory with those above it.</summary>
    public static void CreateDirectory(string path) =>
        Directory.CreateDirectory(path, FileMode | UnixFileMode.UserExecute);
}
