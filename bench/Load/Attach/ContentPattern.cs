using System.Globalization;
using System.Text;

namespace CriAttach.Load.Attach;

/// <summary>Content that repeats, so that any piece of it can be checked by its position.</summary>
internal sealed class ContentPattern(byte[] period)
{
    private const int ZeroPeriod = 1024 * 1024;
    private const int LineLength = 128;

    internal static ContentPattern Zeros { get; } = new(new byte[ZeroPeriod]);

    /// <summary>16 MiB of lines of 128 bytes, each with its own number.</summary>
    internal static ContentPattern Lines { get; } = new(MakeLines(16 * 1024 * 1024));

    internal byte[] Period => period;

    /// <exception cref="InvalidDataException">The piece is not what belongs at this position.</exception>
    internal void Check(long position, ReadOnlySpan<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            int offset = (int)(position % period.Length);
            int length = Math.Min(piece.Length, period.Length - offset);
            if (!piece[..length].SequenceEqual(period.AsSpan(offset, length)))
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"Wrong content within {length} bytes from {position}."));
            }

            piece = piece[length..];
            position += length;
        }
    }

    private static byte[] MakeLines(int size)
    {
        byte[] lines = new byte[size];
        Array.Fill(lines, (byte)'.');
        for (int line = 0; line < size / LineLength; line++)
        {
            Span<byte> span = lines.AsSpan(line * LineLength, LineLength);
            Encoding.ASCII.GetBytes(line.ToString("D8", CultureInfo.InvariantCulture), span);
            span[^1] = (byte)'\n';
        }

        return lines;
    }
}
