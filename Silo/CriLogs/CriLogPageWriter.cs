using System.Globalization;
using System.Text;
using CriAttach.Interfaces.Logs;
using CriAttach.Wire.CriLog;

namespace CriAttach.Silo.CriLogs;

/// <summary>Fills one page with the content of log lines, as the kubelet shows them.</summary>
/// <param name="since">The time before which lines are left out, in nanoseconds since 1970.</param>
/// <param name="timestamps">Whether each line begins with its time.</param>
internal sealed class CriLogPageWriter(long since, bool timestamps)
{
    // 2026-10-06T00:17:09.669794202Z and a space
    private const int TimeLength = 31;
    private const int NanosecondsPerTick = 100;

    private readonly byte[] _page = new byte[LogPage.MaxBytes];
    private int _length;
    private long _lineContent;

    /// <summary>Gets what has been written.</summary>
    public ReadOnlyMemory<byte> Written => _page.AsMemory(0, _length);

    /// <summary>Takes a piece of a line, as far as it fits.</summary>
    /// <param name="piece">The piece.</param>
    /// <param name="nextLine">Where in the file the next line starts, if this piece is its line's last.</param>
    /// <param name="at">The place before, and after.</param>
    /// <returns><c>false</c> when the page is full.</returns>
    public bool TryTake(in CriLogPiece piece, long nextLine, ref CriLogPosition at)
    {
        if (piece.StartsLine)
        {
            _lineContent = 0;
        }

        var start = _lineContent;
        _lineContent += piece.Content.Length;
        var seen = piece.LineOffset == at.Offset ? at.Skip : 0;
        var known = (int)Math.Clamp(seen - start, 0, piece.Content.Length);
        var content = piece.Content.Span[known..];
        var inLine = at.InLine;
        if (piece.UnixNanoseconds >= since && !content.IsEmpty)
        {
            var header = timestamps && !inLine ? TimeLength : 0;
            var room = _page.Length - _length - header;
            if (room <= 0)
            {
                return false;
            }

            if (header > 0)
            {
                WriteTime(piece.UnixNanoseconds);
            }

            var taken = Math.Min(room, content.Length);
            content[..taken].CopyTo(_page.AsSpan(_length));
            _length += taken;
            inLine = content[taken - 1] != '\n';
            if (taken < content.Length)
            {
                at = at with { Offset = piece.LineOffset, Skip = start + known + taken, InLine = inLine };
                return false;
            }
        }

        at = piece.EndsLine
            ? at with { Offset = nextLine, Skip = 0, InLine = inLine }
            : at with { Offset = piece.LineOffset, Skip = Math.Max(seen, _lineContent), InLine = inLine };
        return true;
    }

    private void WriteTime(long unixNanoseconds)
    {
        var (ticks, rest) = Math.DivRem(unixNanoseconds, NanosecondsPerTick);
        var time = DateTime.UnixEpoch.AddTicks(ticks);
        Encoding.ASCII.TryGetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{time:yyyy-MM-ddTHH:mm:ss.fffffff}{rest:D2}Z "), _page.AsSpan(_length), out var written);
        _length += written;
    }
}
