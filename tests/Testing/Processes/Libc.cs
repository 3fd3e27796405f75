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

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    internal static partial int Kill(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Unmount(string target, int flags);
}
