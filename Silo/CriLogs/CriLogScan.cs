using System.Buffers;
using CriAttach.Wire.CriLog;

namespace CriAttach.Silo.CriLogs;

/// <summary>Counts the output in a log file.</summary>
internal static class CriLogScan
{
    private const int BufferSize = 256 * 1024;

    /// <summary>The number of content bytes in a file that nobody writes to any more.</summary>
    /// <exception cref="CriLogFormatException">The file has a line that is none.</exception>
    public static long ContentLength(string path)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var parser = new CriLogReader();
            long position = 0, content = 0;
            var kept = 0;
            int count;
            while ((count = RandomAccess.Read(file, buffer.AsSpan(kept), position)) > 0)
            {
                position += count;
                ReadOnlyMemory<byte> input = buffer.AsMemory(0, kept + count);
                while (parser.TryRead(ref input, out var piece))
                {
                    content += piece.Content.Length;
                }

                kept = input.Length;
                input.CopyTo(buffer);
            }

            return content;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
