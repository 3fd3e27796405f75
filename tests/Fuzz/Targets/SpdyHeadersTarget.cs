using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using CriAttach.Fuzz.Oracles;
using CriAttach.Wire.Spdy;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: blocks of one connection, each behind its length of 16 bits.</summary>
public sealed class SpdyHeadersTarget : IFuzzTarget
{
    /// <inheritdoc />
    public string Name => "spdy-headers";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(SpdyHeaderReader), typeof(SpdyFrameWriter)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        var blocks = Blocks(input);
        ComparesWithTheFramework(blocks);
        TakesWhatZlibMakes(blocks);
        TakesWhatWeWrite(blocks);
    }

    // What is accepted means what the framework says it means. What is refused may be sound: there are limits.
    private static void ComparesWithTheFramework(List<byte[]> blocks)
    {
        var accepted = new List<byte[]>();
        var codec = new Trace();
        var reader = new SpdyHeaderReader(SpdyLimits.Default);
        try
        {
            foreach (var block in blocks)
            {
                var headers = reader.Read(block);
                accepted.Add(block);
                codec.Add(Line(headers));
            }
        }
        catch (SpdyProtocolException)
        {
            // Compared up to here.
        }

        if (accepted.Count == 0)
        {
            return;
        }

        var oracle = new Trace();
        foreach (var inflated in InflateOracle.Inflate(accepted))
        {
            Trace.Holds(inflated.Length <= SpdyLimits.Default.HeaderBlock, "the limit holds");
            oracle.Add(Parse(inflated));
        }

        Trace.Same(oracle, codec);
    }

    private static void TakesWhatZlibMakes(List<byte[]> blocks)
    {
        List<byte[]> content = [.. blocks.Where(block => block.Length > 0)];
        var inflater = new Inflater();
        foreach (var (block, compressed) in content.Zip(InflateOracle.Deflate(content)))
        {
            Trace.Holds(inflater.Inflate(compressed, block.Length).SequenceEqual(block), "what zlib made");
        }
    }

    private static void TakesWhatWeWrite(List<byte[]> blocks)
    {
        var writer = new SpdyFrameWriter();
        var frames = new SpdyFrameReader(SpdyLimits.Default);
        var reader = new SpdyHeaderReader(SpdyLimits.Default);
        foreach (var block in blocks)
        {
            var text = Encoding.Latin1.GetString(block);
            var headers = new SpdyHeaders(new("streamtype", text), new(text.ToLowerInvariant().Replace('\u039C', 'x'), "v"));
            if (headers.Fields[1].Key.Any(c => c > '\u00FF'))
            {
                continue;
            }

            var output = new ArrayBufferWriter<byte>();
            writer.SynStream(output, 1, SpdyFlags.None, headers);
            var wire = output.WrittenMemory;
            Trace.Holds(frames.TryRead(ref wire, out var frame) && wire.IsEmpty, "one frame");
            Trace.Holds(Line(reader.Read(frame.Payload.Span)) == Line(headers), "what was written");
        }
    }

    private static List<byte[]> Blocks(byte[] input)
    {
        var blocks = new List<byte[]>();
        var rest = input.AsSpan();
        while (rest.Length >= 2)
        {
            var length = Math.Min(BinaryPrimitives.ReadUInt16BigEndian(rest), rest.Length - 2);
            blocks.Add(rest.Slice(2, length).ToArray());
            rest = rest[(2 + length)..];
        }

        return blocks;
    }

    private static string Line(SpdyHeaders headers) =>
        string.Join(" ", headers.Fields.Select(field => $"{Hex(field.Key)}={Hex(field.Value)}"));

    private static string Hex(string text) => Convert.ToHexString(Encoding.Latin1.GetBytes(text));

    private static string Parse(byte[] inflated)
    {
        var at = 0;
        var count = Number();
        var fields = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var name = Text();
            fields.Add($"{name}={Text()}");
        }

        Trace.Holds(at == inflated.Length, "nothing behind the headers");
        return string.Join(" ", fields);

        int Number()
        {
            at += sizeof(int);
            return BinaryPrimitives.ReadInt32BigEndian(inflated.AsSpan(at - sizeof(int)));
        }

        string Text()
        {
            var length = Number();
            at += length;
            return Convert.ToHexString(inflated, at - length, length);
        }
    }
}
