namespace CriAttach.Wire.CriLog;

// https://github.com/kubernetes/design-proposals-archive/blob/main/node/kubelet-cri-logging.md
//
// <time> SP <stream> SP <tag>[:<tag>...] SP <content> LF
//
// 2026-10-06T00:17:09.669794202+00:00 stdout F a whole line
// 2026-10-06T00:17:09.669794202Z      stderr P a line that goes on in the next "stderr" line
//
// time: RFC 3339 with up to nine digits of a fraction; stream: stdout or stderr; tag: F or P, then others unread.
// One container's byte is one byte of content, or the line break behind a content tagged F.

/// <summary>
/// Takes the content out of a CRI log file, read from any line's start on: no copy, no allocation. A line's content
/// comes in pieces as its bytes arrive, however long it is.
/// </summary>
/// <param name="fileOffset">Where in the file the first byte given is: a line's start.</param>
public sealed class CriLogReader(long fileOffset = 0)
{
    /// <summary>The longest part of a line before its content, and the most that a <c>false</c> leaves unread.</summary>
    public const int MaxHeaderLength = 128;

    private bool _inLine;
    private bool _started;
    private CriLogHeader _header;

    /// <summary>Where in the file the next byte to be read is.</summary>
    public long FileOffset { get; private set; } = fileOffset;

    /// <summary>Where in the file the line being read starts.</summary>
    public long LineOffset { get; private set; } = fileOffset;

    /// <summary>Reads the next line, or the next piece of one.</summary>
    /// <param name="input">
    /// Bytes of the file. What was read is cut off its front. After <c>false</c> the rest (an incomplete line header)
    /// is to be kept and given again with more bytes behind it.
    /// </param>
    /// <param name="piece">The line, or a piece of it.</param>
    /// <returns><c>false</c> when it takes more bytes to go on.</returns>
    /// <exception cref="CriLogFormatException">The line is malformed. The input stays at its start.</exception>
    public bool TryRead(ref ReadOnlyMemory<byte> input, out CriLogPiece piece)
    {
        piece = default;
        if (!_inLine)
        {
            LineOffset = FileOffset;
            if (!CriLogHeader.TryParse(input.Span, FileOffset, out _header))
            {
                return false;
            }

            input = input[_header.Length..];
            FileOffset += _header.Length;
            (_inLine, _started) = (true, false);
        }

        if (input.IsEmpty)
        {
            return false;
        }

        var lineBreak = input.Span.IndexOf((byte)'\n');
        var ends = lineBreak >= 0;
        var taken = ends ? lineBreak + 1 : input.Length;
        piece = new()
        {
            Stream = _header.Stream,
            UnixNanoseconds = _header.UnixNanoseconds,
            IsPartial = _header.IsPartial,
            StartsLine = !_started,
            EndsLine = ends,
            LineOffset = LineOffset,
            Content = input[..(ends && _header.IsPartial ? lineBreak : taken)],
        };
        input = input[taken..];
        FileOffset += taken;
        (_inLine, _started) = (!ends, true);
        return true;
    }
}
