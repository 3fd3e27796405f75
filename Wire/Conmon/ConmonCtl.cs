using System.Buffers.Text;

namespace CriAttach.Wire.Conmon;

// https://github.com/containers/conmon/blob/main/src/ctrl.c (PROTOCOL.md 5.2)
//
// <kind> SP <height> SP <width> LF      decimal; height before width; 0..1000; a line has up to 199 bytes
//
// "1 24 80\n"  80 columns, 24 rows      "2 0 0\n"  open the log anew
//
// conmon drops all of a read with a bad line in it, so none may be written.

/// <summary>Writes and parses lines for conmon's <c>ctl</c> FIFO.</summary>
public static class ConmonCtl
{
    /// <summary>The longest line that conmon takes.</summary>
    public const int MaxLineLength = 199;

    /// <summary>Room enough for any line written here.</summary>
    public const int MaxWrittenLength = 12;

    /// <summary>The most rows or columns that conmon takes.</summary>
    public const int MaxSize = 1000;

    private const int Numbers = 3;

    /// <summary>Writes a resize.</summary>
    /// <param name="destination">Room for <see cref="MaxWrittenLength"/> bytes.</param>
    /// <param name="size">The terminal's size.</param>
    /// <param name="written">The number of bytes written.</param>
    /// <returns><c>false</c> when conmon would refuse the size; nothing is written then.</returns>
    public static bool TryWriteResize(Span<byte> destination, WindowSize size, out int written)
    {
        written = 0;
        if (size.Width > MaxSize || size.Height > MaxSize)
        {
            return false;
        }

        written = Write(destination, ConmonCtlKind.Resize, size);
        return true;
    }

    /// <summary>Writes the order to open the log anew.</summary>
    /// <param name="destination">Room for <see cref="MaxWrittenLength"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public static int WriteReopenLogs(Span<byte> destination) => Write(destination, ConmonCtlKind.ReopenLogs, default);

    /// <summary>Reads a line.</summary>
    /// <param name="input">Bytes of the FIFO; the line is cut off its front.</param>
    /// <param name="message">The message.</param>
    /// <returns><c>false</c> when the line's end has not come yet.</returns>
    /// <exception cref="ConmonProtocolException">conmon would refuse the line.</exception>
    public static bool TryRead(ref ReadOnlySpan<byte> input, out ConmonCtlMessage message)
    {
        message = default;
        var end = input.IndexOf((byte)'\n');
        if (end >= MaxLineLength || (end < 0 && input.Length >= MaxLineLength))
        {
            throw new ConmonProtocolException($"A ctl line is over {MaxLineLength} bytes.");
        }

        if (end < 0)
        {
            return false;
        }

        Span<int> values = stackalloc int[Numbers];
        Split(input[..end], values);
        var kind = (ConmonCtlKind)values[0];
        if (values[0] is not (1 or 2) || values[1] > MaxSize || values[2] > MaxSize)
        {
            throw new ConmonProtocolException("A ctl line has an unknown kind, or a size over 1000.");
        }

        message = new(kind, new WindowSize(Width: (ushort)values[2], Height: (ushort)values[1]));
        input = input[(end + 1)..];
        return true;
    }

    private static int Write(Span<byte> destination, ConmonCtlKind kind, WindowSize size)
    {
        var at = Append(destination, 0, (byte)kind, ' ');
        at = Append(destination, at, size.Height, ' ');
        return Append(destination, at, size.Width, '\n');
    }

    private static int Append(Span<byte> destination, int at, int value, char end)
    {
        if (!Utf8Formatter.TryFormat(value, destination[at..], out var written))
        {
            throw new ArgumentException($"A line takes up to {MaxWrittenLength} bytes.", nameof(destination));
        }

        destination[at + written] = (byte)end;
        return at + written + 1;
    }

    private static void Split(ReadOnlySpan<byte> line, Span<int> values)
    {
        var count = 0;
        foreach (var range in line.Split((byte)' '))
        {
            var field = line[range];
            if (count == values.Length
                || field.IsEmpty
                || field.ContainsAnyExceptInRange((byte)'0', (byte)'9')
                || !Utf8Parser.TryParse(field, out values[count], out int _))
            {
                throw new ConmonProtocolException("A ctl line is not three numbers.");
            }

            count++;
        }

        if (count != values.Length)
        {
            throw new ConmonProtocolException("A ctl line is not three numbers.");
        }
    }
}
