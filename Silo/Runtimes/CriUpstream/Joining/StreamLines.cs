namespace CriAttach.Silo.Runtimes.CriUpstream.Joining;

/// <summary>
/// Remembers where one telling of a stream stands: the line that it is in the middle of, and the newest bytes before that line.
/// Bounded: of a line longer than <see cref="LongestLine"/> nothing is kept but that it is too long.
/// </summary>
internal sealed class StreamLines
{
    /// <summary>The longest unfinished line that is kept.</summary>
    public const int LongestLine = 64 * 1024;

    private const int Window = 4 * 1024;

    private readonly ByteQueue _before = new();
    private readonly ByteQueue _line = new();

    /// <summary>Gets the newest bytes up to the last line break, that included; empty where there was none.</summary>
    public ReadOnlySpan<byte> Before => _before.Span;

    /// <summary>Gets the bytes behind the last line break.</summary>
    public ReadOnlySpan<byte> Line => _line.Span;

    /// <summary>Gets a value indicating whether the unfinished line is too long to be kept.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>The telling goes on.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        var lineBreak = bytes.LastIndexOf((byte)'\n');
        if (lineBreak >= 0)
        {
            var finished = bytes[..(lineBreak + 1)];
            _before.Append(_line.Span[Math.Max(0, _line.Count - Window)..]);
            _before.Append(finished[Math.Max(0, finished.Length - Window)..]);
            _before.KeepLast(Window);
            _line.Clear();
            IsTooLong = false;
            bytes = bytes[(lineBreak + 1)..];
        }

        IsTooLong |= _line.Count + bytes.Length > LongestLine;
        if (IsTooLong)
        {
            _line.Clear();
        }
        else
        {
            _line.Append(bytes);
        }
    }

    /// <summary>
    /// Whether both tellings say the same right before their unfinished lines, as far back as both know; but for carriage returns before line
    /// feeds, of which the log has left some out.
    /// </summary>
    public bool AgreesWith(StreamLines other)
    {
        var one = Before;
        var two = other.Before;
        while (!one.IsEmpty && !two.IsEmpty)
        {
            if (one[^1] != two[^1])
            {
                return false;
            }

            var isLineEnd = one[^1] == '\n';
            one = one[..^1];
            two = two[..^1];
            if (isLineEnd)
            {
                one = one.TrimEnd((byte)'\r');
                two = two.TrimEnd((byte)'\r');
            }
        }

        return true;
    }
}
