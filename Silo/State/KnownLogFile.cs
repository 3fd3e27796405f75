namespace CriAttach.Silo.State;

/// <summary>A log file of a container that another runtime writes and somebody else rotates, and where in the container's output it begins.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Inode">The file's number there.</param>
/// <param name="Start">The output offset of its first content byte.</param>
internal sealed record KnownLogFile(ulong Device, ulong Inode, long Start);
