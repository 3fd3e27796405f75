using System.Runtime.InteropServices;

namespace CriAttach.Cli.Terminal;

/// <summary>
/// A terminal in raw mode: keys go to PID 1 as they are typed, Ctrl-C included. Whatever ends this process, short of
/// SIGKILL, the terminal is put back as it was.
/// </summary>
internal sealed class RawMode : IDisposable
{
    private readonly int _fd;
    private readonly byte[] _before;
    private readonly byte[] _raw;
    private readonly PosixSignalRegistration _continued;
    private readonly Lock _gate = new();
    private bool _restored;

    private RawMode(int fd, byte[] before)
    {
        _fd = fd;
        _before = before;
        _raw = [.. before];
        NativeMethods.MakeRaw(_raw);
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
        AppDomain.CurrentDomain.UnhandledException += OnUnhandled;

        // A shell that brought us back to its foreground has set its own modes in the meantime.
        _continued = PosixSignalRegistration.Create(PosixSignal.SIGCONT, _ => Apply());
    }

    /// <summary>Puts a terminal into raw mode.</summary>
    /// <param name="fd">The terminal's descriptor.</param>
    /// <returns>What puts it back when disposed; null when the descriptor is no terminal.</returns>
    public static RawMode? TryEnter(int fd)
    {
        var before = new byte[NativeMethods.TermiosSize];
        if (NativeMethods.IsTerminal(fd) != 1 || NativeMethods.GetAttributes(fd, before) != 0)
        {
            return null;
        }

        var mode = new RawMode(fd, before);
        mode.Apply();
        return mode;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_restored)
            {
                return;
            }

            _restored = true;
            _ = NativeMethods.SetAttributes(_fd, NativeMethods.SetAfterDrain, _before);
        }

        _continued.Dispose();
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        AppDomain.CurrentDomain.UnhandledException -= OnUnhandled;
    }

    private void Apply()
    {
        lock (_gate)
        {
            if (!_restored)
            {
                _ = NativeMethods.SetAttributes(_fd, NativeMethods.SetAfterDrain, _raw);
            }
        }
    }

    private void OnProcessExit(object? sender, EventArgs e) => Dispose();

    private void OnUnhandled(object? sender, UnhandledExceptionEventArgs e) => Dispose();
}
