using System.Runtime.InteropServices;

namespace CriAttach.Cli.Terminal;

/// <summary>The C library's calls. .NET's own console would change the terminal behind our back, so it is not used.</summary>
internal static partial class NativeMethods
{
    /// <summary>Room for a <c>struct termios</c> of any C library; its inside is the library's business.</summary>
    public const int TermiosSize = 256;

    /// <summary><c>tcsetattr</c>: when what was written has been sent; what was typed is kept.</summary>
    public const int SetAfterDrain = 1;

    /// <summary><c>ioctl</c> on Linux: get a <see cref="WinSize"/>.</summary>
    public const nuint GetWindowSize = 0x5413;

    /// <summary><c>poll</c>: there is something to read.</summary>
    public const short PollIn = 1;

    /// <summary><c>poll</c>: there is room to write.</summary>
    public const short PollOut = 4;

    /// <summary>errno: a signal came first.</summary>
    public const int Interrupted = 4;

    /// <summary>errno: someone else made the descriptor non-blocking.</summary>
    public const int Again = 11;

    [LibraryImport("libc", EntryPoint = "isatty")]
    internal static partial int IsTerminal(int fd);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    internal static partial int GetAttributes(int fd, Span<byte> termios);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    internal static partial int SetAttributes(int fd, int when, ReadOnlySpan<byte> termios);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    internal static partial void MakeRaw(Span<byte> termios);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int IoControl(int fd, nuint request, out WinSize size);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int fd, Span<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int fd, ReadOnlySpan<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(ref PollEntry entry, nuint count, int timeout);

    /// <summary><c>struct winsize</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct WinSize
    {
        public ushort Rows;
        public ushort Columns;
        public ushort PixelsX;
        public ushort PixelsY;
    }

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct PollEntry
    {
        public int Fd;
        public short Events;
        public short Returned;
    }
}
