using CriAttach.Silo.CriLogs;
using CriAttach.Silo.Native;
using Microsoft.Win32.SafeHandles;

namespace CriAttach.Silo.Runtimes.CriUpstream.Logs;

/// <summary>An open log file. It stays readable whatever becomes of its name.</summary>
/// <param name="File">Where it was found, and where in the output it begins.</param>
/// <param name="Identity">Which file it is.</param>
/// <param name="Handle">The file.</param>
internal sealed record LogFile(CriLogFile File, FileIdentity Identity, SafeFileHandle Handle) : IDisposable
{
    /// <summary>Opens a file.</summary>
    /// <returns>None when there is none.</returns>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static LogFile? Open(string path, long start)
    {
        try
        {
            var handle = System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return new LogFile(new CriLogFile(path, start), FileIdentity.Of(handle), handle);
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Opens the same file once more, for a reader of its own.</summary>
    public SafeFileHandle OpenAgain() =>
        System.IO.File.OpenHandle($"/proc/self/fd/{Handle.DangerousGetHandle()}", FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.Asynchronous);

    /// <inheritdoc/>
    public void Dispose() => Handle.Dispose();
}
