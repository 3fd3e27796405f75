using System.Buffers;
using System.Text;
using CriAttach.Fuzz.Oracles;
using CriAttach.Wire.Asciicast;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: cut, then a file; the same bytes are tried as a container's output.</summary>
public sealed class AsciicastTarget : IFuzzTarget
{
    /// <inheritdoc />
    public string Name => "asciicast";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(AsciicastReader), typeof(AsciicastWriter), typeof(AsciicastText)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        var file = input[1..];
        Trace.Same(AsciicastOracle.Read(file), Read(file, input[0]));

        var (at, writer, stream, cast) = (TimeSpan.Zero, new AsciicastWriter(), new AsciicastText(), new ArrayBufferWriter<byte>());
        AsciicastWriter.WriteHeader(cast, new AsciicastHeader { Columns = 80, Rows = 24, Title = Encoding.Latin1.GetString(file) });
        foreach (var chunk in Fragments.Cut(file, input[0]))
        {
            writer.Write(cast, at += TimeSpan.FromTicks(input[0]), AsciicastCode.Output, stream, chunk);
        }

        writer.WriteRest(cast, at, AsciicastCode.Output, stream);
        ReadOnlyMemory<byte> rest = cast.WrittenMemory;
        var text = new StringBuilder();
        var reader = new AsciicastReader();
        while (reader.TryRead(ref rest, out var line))
        {
            text.Append(line.Event?.Data);
            Trace.Holds(line.Header is null || line.Header.Title == Encoding.Latin1.GetString(file), "the title is read back");
        }

        Trace.Holds(rest.IsEmpty, "the whole cast is read");
        Trace.Holds(text.ToString() == Encoding.UTF8.GetString(file), "the cast shows what a terminal would");
    }

    private static Trace Read(byte[] file, int cut)
    {
        var trace = new Trace();
        var reader = new AsciicastReader();
        byte[] kept = [];
        try
        {
            foreach (var fragment in Fragments.Cut(file, cut))
            {
                ReadOnlyMemory<byte> buffer = (byte[])[.. kept, .. fragment];
                while (reader.TryRead(ref buffer, out var line))
                {
                    trace.Add(line.Header is { } header ? $"header {header.Columns} {header.Rows}"
                        : line.Event is { } one ? $"event {one.Seconds:R} {(char)one.Code} {one.Data}"
                        : "comment");
                }

                kept = buffer.ToArray();
            }
        }
        catch (AsciicastFormatException fault)
        {
            trace.Add($"fault {fault.Line}");
        }

        return trace;
    }
}
