using System.Buffers;
using CriAttach.Fuzz.Oracles;
using CriAttach.Wire.CriLog;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: cut, then a log file.</summary>
public sealed class CriLogTarget : IFuzzTarget
{
    private const long SomeTime = 1_790_000_000_123_456_789;

    /// <inheritdoc />
    public string Name => "cri-log";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(CriLogReader), typeof(CriLogWriter)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var file = input[1..];
        Trace.Same(CriLogOracle.Read(file), Read(file, input[0]));

        // The same bytes as a container's output: the log gives them back.
        var log = new ArrayBufferWriter<byte>();
        foreach (var chunk in Fragments.Cut(file, input[0]))
        {
            CriLogWriter.Write(log, CriLogStream.Stdout, SomeTime, chunk);
        }

        var content = new List<byte>();
        var reader = new CriLogReader();
        ReadOnlyMemory<byte> rest = log.WrittenMemory;
        while (reader.TryRead(ref rest, out var piece))
        {
            content.AddRange(piece.Content.Span);
            Trace.Holds(piece.UnixNanoseconds == SomeTime, "the time is read back");
        }

        Trace.Holds(rest.IsEmpty && reader.FileOffset == log.WrittenCount, "the whole log is read");
        Trace.Holds(content.SequenceEqual(file), "the log holds the output");
    }

    /// <summary>Reads a file with the codec, given in fragments.</summary>
    public static Trace Read(byte[] file, int cut)
    {
        var trace = new Trace();
        var reader = new CriLogReader();
        var content = new List<byte>();
        var open = "";
        byte[] kept = [];
        try
        {
            foreach (var fragment in Fragments.Cut(file, cut))
            {
                ReadOnlyMemory<byte> buffer = (byte[])[.. kept, .. fragment];
                while (reader.TryRead(ref buffer, out var piece))
                {
                    Trace.Holds(piece.StartsLine == (open.Length == 0), "a piece starts the line once");
                    content.AddRange(piece.Content.Span);
                    var stream = piece.Stream == CriLogStream.Stdout ? "stdout" : "stderr";
                    open = $"{piece.LineOffset} {piece.UnixNanoseconds} {stream} {piece.IsPartial}";
                    if (piece.EndsLine)
                    {
                        trace.Add($"{open} whole", content.ToArray());
                        content.Clear();
                        open = "";
                    }
                }

                Trace.Holds(buffer.Length < CriLogReader.MaxHeaderLength, "little is left");
                kept = buffer.ToArray();
            }
        }
        catch (CriLogFormatException fault)
        {
            trace.Add($"fault {fault.LineOffset}");
            return trace;
        }

        if (open.Length > 0)
        {
            trace.Add($"{open} open", content.ToArray());
        }

        return trace;
    }
}
