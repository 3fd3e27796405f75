using System.Runtime.InteropServices;

namespace CriAttach.Testing.Processes;

/// <summary>The few system calls that .NET does not offer.</summary>
internal static partial class Libc
{
    internal const int SigTerm = 15;
    internal const int SigKill = 9;
    internal const int SigContinue = 18;
    internal const int SigStop = 19;
    internal const int UnmountDetach = 2;

    // The same on all architectures: both are newer than the common numbering.
    private const int PidfdOpenNumber = 434;
    private const int PidfdGetfdNumber = 438;
    private const int AddressLength = 16;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Unmount(string target, int flags);

    internal static int PidfdOpen(int pid) => (int)Syscall(PidfdOpenNumber, pid, 0, 0);

    internal static int PidfdGetfd(int pidfd, int number) => (int)Syscall(PidfdGetfdNumber, pidfd, number, 0);

    /// <summary>connect() to an address of no family: a TCP socket is then disconnected, its peer is reset.</summary>
    internal static unsafe int Disconnect(int socket)
    {
        var address = stackalloc byte[AddressLength];
        new Span<byte>(address, AddressLength).Clear();
        return Connect(socket, address, AddressLength);
    }

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    private static unsafe partial int Connect(int socket, byte* address, int length);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Syscall(nint number, nint first, nint second, nint third);
}
