using CriAttach.Silo.Native;
using CriAttach.Wire;
using CriAttach.Wire.Conmon;

namespace CriAttach.Silo.Runtimes.Conmon;

/// <summary>Gives conmon orders. Never blocks: a conmon that is gone, or that reads nothing, makes an <see cref="IOException"/>.</summary>
internal static class ControlFifo
{
    // A line of no known kind: conmon takes it and does nothing.
    private static ReadOnlySpan<byte> Barrier => "9 0 0\n"u8;

    /// <summary>Sets the size of the terminal. conmon takes up to 1000 rows and columns; larger sizes are cut.</summary>
    /// <exception cref="IOException">conmon did not take it.</exception>
    public static void Resize(string path, ushort width, ushort height)
    {
        Span<byte> line = stackalloc byte[ConmonCtl.MaxWrittenLength];
        var size = new WindowSize(Width: Math.Min(width, (ushort)ConmonCtl.MaxSize), Height: Math.Min(height, (ushort)ConmonCtl.MaxSize));
        if (ConmonCtl.TryWriteResize(line, size, out var length))
        {
            Write(path, line[..length]);
        }
    }

    /// <summary>Orders conmon to open its log anew.</summary>
    /// <exception cref="IOException">conmon did not take it.</exception>
    public static void ReopenLog(string path)
    {
        Span<byte> line = stackalloc byte[ConmonCtl.MaxWrittenLength];
        Write(path, line[..ConmonCtl.WriteReopenLogs(line)]);
    }

    /// <summary>Gives conmon something to read that does nothing. When it has been taken, all orders before it have been carried out.</summary>
    /// <exception cref="IOException">conmon did not take it.</exception>
    public static void WriteBarrier(string path) => Write(path, Barrier);

    /// <summary>Whether conmon has taken all that was written.</summary>
    /// <exception cref="IOException">conmon is gone.</exception>
    public static unsafe bool IsEmpty(string path)
    {
        using var fifo = Open(path);
        int count;
        return Libc.IoControl(fifo, Libc.BytesReadable, &count) == 0 ? count == 0 : throw NativeError.Last($"cannot look into {path}");
    }

    private static NativeFile Open(string path) => NativeFile.Open(path, Libc.WriteOnly | Libc.NonBlocking);

    private static unsafe void Write(string path, ReadOnlySpan<byte> line)
    {
        using var fifo = Open(path);
        fixed (byte* first = line)
        {
            // Shorter than PIPE_BUF, so all or nothing.
            if (Libc.Write(fifo.Descriptor, first, line.Length) != line.Length)
            {
                throw NativeError.Last($"cannot write to {path}");
            }
        }
    }
}
