using System.Buffers;
using CriAttach.Wire.CriLog;

namespace CriAttach.Silo.CriLogs;

/// <summary>Moves through the files of a log.</summary>
/// <param name="snapshot">The files.</param>
internal sealed class CriLogCursor(CriLogSnapshot snapshot)
{
    // So much is read for one page at the most: what is left out by time must not keep the caller waiting.
    private const long MaxScan = 16 * 1024 * 1024;
    private const int BufferSize = 64 * 1024;

    private long _scanned;

    /// <summary>Where the last lines begin.</summary>
    /// <param name="lines">How many.</param>
    public CriLogPosition Tail(long lines)
    {
        for (var index = snapshot.Files.Count - 1; index >= 0; index--)
        {
            var has = Lines(index, long.MaxValue).Count;
            if (has >= lines)
            {
                return new CriLogPosition(snapshot.Files[index].FirstTime, Lines(index, has - lines).Offset, 0, InLine: false);
            }

            lines -= has;
        }

        return default;
    }

    /// <summary>Fills a page from a place on.</summary>
    /// <param name="page">The page.</param>
    /// <param name="at">The place before, and after.</param>
    /// <param name="gap">Whether the log at the place is gone.</param>
    /// <returns>Whether this is the end of the log.</returns>
    public bool Fill(CriLogPageWriter page, ref CriLogPosition at, out bool gap)
    {
        gap = false;
        var files = snapshot.Files;
        if (files.Count == 0)
        {
            return true;
        }

        var file = at.File;
        var index = file == 0 ? 0 : files.Index().FirstOrDefault(one => one.Item.FirstTime >= file, (files.Count, default)).Index;
        if (index == files.Count)
        {
            // All that there is, is older: nothing new has been written yet.
            return true;
        }

        if (files[index].FirstTime != file)
        {
            gap = file != 0;
            at = new CriLogPosition(files[index].FirstTime, 0, 0, at.InLine);
        }

        while (ReadFile(index, page, ref at))
        {
            if (++index == files.Count)
            {
                return true;
            }

            at = new CriLogPosition(files[index].FirstTime, 0, 0, at.InLine);
        }

        return false;
    }

    /// <summary>Reads on in one file; <c>true</c> at its end.</summary>
    private bool ReadFile(int index, CriLogPageWriter page, ref CriLogPosition at)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var reader = new CriLogReader(at.Offset);
            var (position, kept) = (at.Offset, 0);
            while (_scanned < MaxScan)
            {
                var count = RandomAccess.Read(snapshot.Files[index].Handle, buffer.AsSpan(kept), position);
                if (count == 0)
                {
                    return true;
                }

                position += count;
                _scanned += count;
                ReadOnlyMemory<byte> input = buffer.AsMemory(0, kept + count);
                while (reader.TryRead(ref input, out var piece))
                {
                    if (!page.TryTake(piece, reader.FileOffset, ref at))
                    {
                        return false;
                    }
                }

                kept = input.Length;
                input.CopyTo(buffer);
            }

            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Counts lines as people do (what comes in parts is one), and tells where the one behind the last counted starts; at the end of the file, where to go on.</summary>
    private (long Count, long Offset) Lines(int index, long limit)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var reader = new CriLogReader();
            var (position, kept, lines, whole, ended) = (0L, 0, 0L, true, true);
            int count;
            while ((count = RandomAccess.Read(snapshot.Files[index].Handle, buffer.AsSpan(kept), position)) > 0)
            {
                position += count;
                ReadOnlyMemory<byte> input = buffer.AsMemory(0, kept + count);
                while (reader.TryRead(ref input, out var piece))
                {
                    if (piece.StartsLine && whole)
                    {
                        if (lines == limit)
                        {
                            return (lines, piece.LineOffset);
                        }

                        lines++;
                    }

                    ended = piece.EndsLine;
                    whole = ended && !piece.IsPartial;
                }

                kept = input.Length;
                input.CopyTo(buffer);
            }

            return (lines, ended ? reader.FileOffset : reader.LineOffset);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
