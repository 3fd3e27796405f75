namespace CriAttach.Silo.Native;

/// <summary>An open file of a new process: a path to be opened, or a descriptor of ours.</summary>
/// <param name="Path">The path; none to duplicate <paramref name="Descriptor"/>.</param>
/// <param name="Flags">How to open the path.</param>
/// <param name="Descriptor">Our descriptor.</param>
internal readonly record struct SpawnFile(string? Path, int Flags, int Descriptor)
{
    /// <summary>Gets nothing to read, and nowhere to write.</summary>
    public static SpawnFile Null { get; } = Open("/dev/null", Libc.ReadWrite);

    /// <summary>A path to be opened by the new process.</summary>
    public static SpawnFile Open(string path, int flags) => new(path, flags, -1);

    /// <summary>A descriptor of ours.</summary>
    public static SpawnFile Of(NativeFile file) => new(null, 0, file.Descriptor);
}
