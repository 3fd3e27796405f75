using System.Runtime.InteropServices;
using CriAttach.Wire;

namespace CriAttach.Cli.Terminal;

/// <summary>The size of the terminal that this process runs in, and its changes.</summary>
internal sealed class TerminalWindow(int fd)
{
    /// <summary>Reads the size.</summary>
    /// <returns>Null when the descriptor is no terminal, or one that does not know its size.</returns>
    public WindowSize? Size =>
        NativeMethods.IoControl(fd, NativeMethods.GetWindowSize, out var size) == 0 && size is { Columns: > 0, Rows: > 0 }
            ? new WindowSize(size.Columns, size.Rows)
            : null;

    /// <summary>Calls back each time the size may have changed.</summary>
    /// <param name="changed">What to call.</param>
    /// <returns>What ends it when disposed.</returns>
    public static IDisposable Watch(Action changed) =>
        PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => changed());
}
