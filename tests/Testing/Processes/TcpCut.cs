using System.Globalization;
using System.Runtime.InteropServices;

namespace CriAttach.Testing.Processes;

/// <summary>
/// Cuts TCP connections of another process, as a failing network does: both ends get a reset, and what was on its way is
/// lost. Needs root. It borrows the process's sockets (pidfd_getfd) and disconnects them.
/// </summary>
public static class TcpCut
{
    private const int RemotePortField = 2;
    private const int InodeField = 9;
    private const int StateField = 3;
    private const string Established = "01";

    /// <summary>Cuts all connections of a process to a port.</summary>
    /// <returns>How many were cut.</returns>
    public static int Connections(int pid, int remotePort)
    {
        var inodes = Inodes(remotePort);
        var pidfd = Libc.PidfdOpen(pid);
        if (pidfd < 0)
        {
            throw new InvalidOperationException($"Process {pid} is gone.");
        }

        try
        {
            return Descriptors(pid).Count(descriptor => descriptor.Inode is { } inode && inodes.Contains(inode) && Disconnect(pidfd, descriptor.Number));
        }
        finally
        {
            _ = Libc.Close(pidfd);
        }
    }

    private static HashSet<string> Inodes(int remotePort)
    {
        var port = ":" + remotePort.ToString("X4", CultureInfo.InvariantCulture);
        return
        [
            .. File.ReadLines("/proc/net/tcp").Concat(File.ReadLines("/proc/net/tcp6"))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields[RemotePortField].EndsWith(port, StringComparison.Ordinal) && fields[StateField] == Established)
                .Select(fields => $"socket:[{fields[InodeField]}]"),
        ];
    }

    private static IEnumerable<(int Number, string? Inode)> Descriptors(int pid) =>
        Directory.EnumerateFileSystemEntries(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/fd"))
            .Select(path => (int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture), new FileInfo(path).LinkTarget));

    private static bool Disconnect(int pidfd, int number)
    {
        var copy = Libc.PidfdGetfd(pidfd, number);
        if (copy < 0)
        {
            throw new InvalidOperationException($"A socket could not be borrowed: errno {Marshal.GetLastPInvokeError()}. This needs root.");
        }

        try
        {
            return Libc.Disconnect(copy) == 0;
        }
        finally
        {
            _ = Libc.Close(copy);
        }
    }
}
