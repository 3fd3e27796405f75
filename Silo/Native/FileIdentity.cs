using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CriAttach.Silo.Native;

/// <summary>A file by what it is rather than by its name, which a rotation gives to another one.</summary>
/// <param name="Device">The file system.</param>
/// <param name="Inode">The file's number there. It comes back once the file is deleted and nobody has it open any more.</param>
internal readonly record struct FileIdentity(ulong Device, ulong Inode)
{
    // struct statx, the same on every architecture: stx_ino at 32, stx_dev_major and stx_dev_minor at 136.
    private const int StatusLength = 256;
    private const int InodeAt = 32;
    private const int DeviceAt = 136;

    /// <summary>The file that a path names now; none when there is none.</summary>
    public static unsafe FileIdentity? Of(string path)
    {
        Span<byte> status = stackalloc byte[StatusLength];
        fixed (byte* pointer = status)
        {
            return Libc.Status(Libc.CurrentDirectory, path, 0, Libc.WantInode, pointer) == 0 ? Read(status) : null;
        }
    }

    /// <summary>An open file.</summary>
    /// <exception cref="IOException">The system does not say.</exception>
    public static unsafe FileIdentity Of(SafeFileHandle handle)
    {
        Span<byte> status = stackalloc byte[StatusLength];
        fixed (byte* pointer = status)
        {
            return Libc.Status((int)handle.DangerousGetHandle(), "", Libc.EmptyPath, Libc.WantInode, pointer) == 0
                ? Read(status)
                : throw NativeError.Last("cannot tell which file is open");
        }
    }

    private static FileIdentity Read(ReadOnlySpan<byte> status) =>
        new(MemoryMarshal.Read<ulong>(status[DeviceAt..]), MemoryMarshal.Read<ulong>(status[InodeAt..]));
}
