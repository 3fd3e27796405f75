using System.Buffers.Text;

namespace CriAttach.Wire.Channels;

// The layout is drawn above ResizeReader. The line break is client-go's manner.

/// <summary>Writes terminal sizes as the resize channel carries them.</summary>
public static class ResizeWriter
{
    /// <summary>The longest message: <c>{"Width":65535,"Height":65535}</c> and a line break.</summary>
    public const int MaxLength = 31;

    /// <summary>Writes a size.</summary>
    /// <param name="destination">Room for <see cref="MaxLength"/> bytes.</param>
    /// <param name="size">The size.</param>
    /// <returns>The number of bytes written.</returns>
    public static int Write(Span<byte> destination, WindowSize size)
    {
        var at = Copy("{\"Width\":"u8, destination);
        at += Format(size.Width, destination[at..]);
        at += Copy(",\"Height\":"u8, destination[at..]);
        at += Format(size.Height, destination[at..]);
        return at + Copy("}\n"u8, destination[at..]);
    }

    private static int Copy(ReadOnlySpan<byte> text, Span<byte> destination)
    {
        text.CopyTo(destination);
        return text.Length;
    }

    private static int Format(ushort value, Span<byte> destination) =>
        Utf8Formatter.TryFormat(value, destination, out var written)
            ? written
            : throw new ArgumentException($"A size takes up to {MaxLength} bytes.", nameof(destination));
}
