using System.Runtime.InteropServices;
using CriAttach.Cli.Terminal;

namespace CriAttach.Cli.Tests.Fakes;

/// <summary>A terminal of our own: a person's end, and the end that a program calls its terminal.</summary>
internal sealed partial class PseudoTerminal : IDisposable
{
    private const int ReadWriteNoControl = 0x102;
    private const nuint SetWindowSize = 0x5414;

    public PseudoTerminal()
    {
        Person = Check(OpenMaster(ReadWriteNoControl));
        Check(Grant(Person));
        Check(Unlock(Person));
        Span<byte> name = stackalloc byte[64];
        Check(NameOf(Person, name, name.Length));
        Program = Check(Open(name, ReadWriteNoControl));
    }

    public int Person { get; }

    public int Program { get; }

    public byte[] Modes
    {
        get
        {
            var modes = new byte[NativeMethods.TermiosSize];
            Check(NativeMethods.GetAttributes(Program, modes));
            return modes;
        }
    }

    public void Resize(ushort columns, ushort rows)
    {
        ReadOnlySpan<ushort> size = [rows, columns, 0, 0];
        Check(IoControl(Person, SetWindowSize, size));
    }

    public void Dispose()
    {
        _ = Close(Program);
        _ = Close(Person);
    }

    private static int Check(int result) => result >= 0 ? result : throw new IOException(Marshal.GetLastPInvokeErrorMessage());

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static partial int OpenMaster(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static partial int Grant(int fd);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int Unlock(int fd);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    private static partial int NameOf(int fd, Span<byte> name, nint length);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true)]
    private static partial int Open(ReadOnlySpan<byte> path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int fd);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int IoControl(int fd, nuint request, ReadOnlySpan<ushort> size);
}
