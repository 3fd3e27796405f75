using System.Globalization;

namespace CriAttach.Silo.CriLogs;

/// <summary>
/// A place in a log that survives renames: a file is known by the time of its first line, which no two files of a log share.
/// The default value is the beginning.
/// </summary>
/// <param name="File">The time of the file's first line; 0 for the oldest file.</param>
/// <param name="Offset">Where in the file the next line starts.</param>
/// <param name="Skip">How many content bytes of that line have been read.</param>
/// <param name="InLine">Whether the last byte that was read is not a line break.</param>
internal readonly record struct CriLogPosition(long File, long Offset, long Skip, bool InLine)
{
    private const int Fields = 4;

    /// <summary>Reads what <see cref="ToString"/> wrote; an empty text is the beginning.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">It is none of ours.</exception>
    public static CriLogPosition Parse(string text)
    {
        if (text.Length == 0)
        {
            return default;
        }

        Span<long> fields = stackalloc long[Fields];
        var count = 0;
        foreach (var range in text.AsSpan().Split('.'))
        {
            if (count == Fields || !long.TryParse(text.AsSpan(range), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out fields[count++]))
            {
                throw new FormatException($"not a position in a log: '{text}'");
            }
        }

        return count == Fields && fields[1] >= 0 && fields[2] >= 0
            ? new CriLogPosition(fields[0], fields[1], fields[2], fields[3] != 0)
            : throw new FormatException($"not a position in a log: '{text}'");
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}.{Offset}.{Skip}.{(InLine ? 1 : 0)}");
}
