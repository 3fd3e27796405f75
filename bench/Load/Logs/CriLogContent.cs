using CriAttach.Load.Attach;

namespace CriAttach.Load.Logs;

/// <summary>
/// The content of a CRI log: lines of <c>time stream P|F content</c>, where <c>F</c> ends a line of the container's.
/// Written for this check alone, so that no reader of the product judges the product's log.
/// </summary>
internal static class CriLogContent
{
    private const int BufferSize = 4 * 1024 * 1024;

    /// <summary>
    /// Checks that the log holds, after a marker, exactly <paramref name="length"/> bytes of a pattern and one line end.
    /// </summary>
    /// <returns>Whether all of it is there; what is there is right in either case.</returns>
    /// <exception cref="InvalidDataException">Something else is there.</exception>
    internal static bool IsComplete(IReadOnlyList<string> files, byte marker, ContentPattern pattern, long length)
    {
        long position = -1;
        foreach (string file in files)
        {
            foreach (ReadOnlyMemory<byte> piece in Pieces(file))
            {
                ReadOnlySpan<byte> span = piece.Span;
                if (position < 0)
                {
                    int index = span.IndexOf(marker);
                    if (index < 0)
                    {
                        continue;
                    }

                    span = span[(index + 1)..];
                    position = 0;
                }

                int expected = (int)Math.Min(span.Length, length - position);
                pattern.Check(position, span[..expected]);
                position += expected;
                span = span[expected..];
                if (!span.IsEmpty)
                {
                    return span is [(byte)'\n'] ? true : throw new InvalidDataException($"{file} has more than was written.");
                }
            }
        }

        return false;
    }

    private static IEnumerable<ReadOnlyMemory<byte>> Pieces(string file)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        byte[] buffer = new byte[BufferSize];
        int end = 0;
        int read;
        while ((read = stream.Read(buffer, end, buffer.Length - end)) > 0)
        {
            end += read;
            int start = 0;
            int newLine;
            while ((newLine = buffer.AsSpan(start, end - start).IndexOf((byte)'\n')) >= 0)
            {
                yield return Content(buffer.AsMemory(start, newLine + 1));
                start += newLine + 1;
            }

            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
        }
    }

    private static ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> line)
    {
        ReadOnlySpan<byte> span = line.Span;
        int stream = span.IndexOf((byte)' ') + 1;
        int tag = stream + span[stream..].IndexOf((byte)' ') + 1;
        if (!span[stream..tag].SequenceEqual("stdout "u8) || span[tag + 1] != (byte)' ')
        {
            throw new InvalidDataException("Not a line of stdout in a CRI log.");
        }

        ReadOnlyMemory<byte> content = line[(tag + 2)..];
        return span[tag] switch
        {
            (byte)'F' => content,
            (byte)'P' => content[..^1],
            _ => throw new InvalidDataException("A CRI log line is neither whole nor partial."),
        };
    }
}
