using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CriAttach.Silo.Native;

/// <summary>Tells whether anybody has a file open for writing: the kernel lets a file be leased for reading only while nobody has.</summary>
internal static class FileWriters
{
    /// <summary>Looks.</summary>
    /// <param name="handle">The file, opened for reading only.</param>
    /// <returns>None where the file system cannot tell, or the silo may not ask (it needs CAP_LEASE for the files of others).</returns>
    public static bool? Exist(SafeFileHandle handle)
    {
        var descriptor = (int)handle.DangerousGetHandle();

        // Whoever opens the file within the lease makes the kernel send a signal, and that for this must be one that does no harm.
        if (Libc.Control(descriptor, Libc.SetSignal, Signal.Urgent) != 0)
        {
            return null;
        }

        if (Libc.Control(descriptor, Libc.SetLease, Libc.ReadLease) == 0)
        {
            _ = Libc.Control(descriptor, Libc.SetLease, Libc.NoLease);
            return false;
        }

        return Marshal.GetLastPInvokeError() == Libc.TryAgain ? true : null;
    }
}
