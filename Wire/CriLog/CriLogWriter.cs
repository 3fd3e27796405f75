using System.Buffers;

namespace CriAttach.Wire.CriLog;

// The layout is drawn above CriLogReader.
// https://github.com/containers/conmon/blob/main/src/ctr_logging.c (write_k8s_log)

/// <summary>Writes output as log lines, in conmon's manner: each line break ends a line tagged F, the rest is tagged P.</summary>
public static class CriLogWriter
{
    /// <summary>The length of a line's part before its content.</summary>
    public const int HeaderLength = CriLogTime.WrittenLength + 10;

    /// <summary>Writes a chunk of output; its lines share one time. An empty chunk writes nothing.</summary>
    /// <param name="output">Where the lines go.</param>
    /// <param name="stream">Where the chunk comes from.</param>
    /// <param name="unixNanoseconds">The time, in nanoseconds since 1970 UTC.</param>
    /// <param name="chunk">The output.</param>
    public static void Write(
        IBufferWriter<byte> output, CriLogStream stream, long unixNanoseconds, ReadOnlySpan<byte> chunk)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        CriLogTime.Write(header, unixNanoseconds);
        (stream == CriLogStream.Stderr ? " stderr F "u8 : " stdout F "u8).CopyTo(header[CriLogTime.WrittenLength..]);
        while (!chunk.IsEmpty)
        {
            var lineBreak = chunk.IndexOf((byte)'\n');
            var taken = lineBreak < 0 ? chunk.Length : lineBreak + 1;
            header[^2] = (byte)(lineBreak < 0 ? 'P' : 'F');
            output.Write(header);
            output.Write(chunk[..taken]);
            if (lineBreak < 0)
            {
                output.Write("\n"u8);
            }

            chunk = chunk[taken..];
        }
    }
}
