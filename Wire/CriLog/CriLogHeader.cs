namespace CriAttach.Wire.CriLog;

// The layout is drawn above CriLogReader.
internal readonly record struct CriLogHeader(int Length, long UnixNanoseconds, CriLogStream Stream, bool IsPartial)
{
    private const int Fields = 3;

    public static bool TryParse(ReadOnlySpan<byte> input, long lineOffset, out CriLogHeader header)
    {
        header = default;
        Span<int> ends = stackalloc int[Fields];
        var at = 0;
        for (var field = 0; field < Fields; field++)
        {
            var window = input[at..Math.Min(input.Length, CriLogReader.MaxHeaderLength)];
            var length = window.IndexOfAny((byte)' ', (byte)'\n');
            if (length < 0)
            {
                return input.Length < CriLogReader.MaxHeaderLength
                    ? false
                    : throw new CriLogFormatException(lineOffset, "it has no content within its first 128 bytes.");
            }

            if (window[length] == '\n')
            {
                throw new CriLogFormatException(lineOffset, "it ends before its content.");
            }

            ends[field] = at + length;
            at += length + 1;
        }

        if (!CriLogTime.TryParse(input[..ends[0]], out var nanoseconds))
        {
            throw new CriLogFormatException(lineOffset, "its time is not as RFC 3339 says.");
        }

        var stream = ParseStream(input[(ends[0] + 1)..ends[1]], lineOffset);
        var isPartial = ParseTag(input[(ends[1] + 1)..ends[2]], lineOffset);
        header = new(at, nanoseconds, stream, isPartial);
        return true;
    }

    private static CriLogStream ParseStream(ReadOnlySpan<byte> field, long lineOffset) =>
        field.SequenceEqual("stdout"u8) ? CriLogStream.Stdout
        : field.SequenceEqual("stderr"u8) ? CriLogStream.Stderr
        : throw new CriLogFormatException(lineOffset, "its stream is neither stdout nor stderr.");

    private static bool ParseTag(ReadOnlySpan<byte> field, long lineOffset)
    {
        var known = field.Length == 1 || (field.Length > 1 && field[1] == ':');
        return known && field[0] is (byte)'P' or (byte)'F'
            ? field[0] == 'P'
            : throw new CriLogFormatException(lineOffset, "its tag is neither P nor F.");
    }
}
