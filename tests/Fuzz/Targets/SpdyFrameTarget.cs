using System.Buffers;
using CriAttach.Fuzz.Oracles;
using CriAttach.Wire.Spdy;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: cut, limit, then the wire.</summary>
public sealed class SpdyFrameTarget : IFuzzTarget
{
    /// <inheritdoc />
    public string Name => "spdy-frame";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(SpdyFrameReader), typeof(SpdyFrameWriter)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        if (input.Length < 2)
        {
            return;
        }

        var limits = new SpdyLimits { ControlPayload = 4 + (input[1] * 8), DataPayload = input[1] * 16 };
        var wire = input[2..];
        Trace.Same(SpdyOracle.Read(wire, limits), Read(wire, limits, input[0]));

        var output = new ArrayBufferWriter<byte>();
        SpdyFrameWriter.DataHeader(output, 5, SpdyFlags.Fin, wire.Length);
        output.Write(wire);
        SpdyFrameWriter.Ping(output, 7);
        SpdyFrameWriter.RstStream(output, 9, SpdyStatus.Cancel);
        SpdyFrameWriter.GoAway(output, 11, SpdyGoAwayStatus.InternalError);
        string[] expected =
        [
            $"Data 1 5 0 whole {Convert.ToHexString(wire)}", "Ping 0 0 7 whole ", "RstStream 0 9 5 whole ", "GoAway 0 11 2 whole ",
        ];
        Trace.Holds(
            SpdyOracle.Read(output.WrittenSpan.ToArray(), SpdyLimits.Default).Lines.SequenceEqual(expected), "what was written");
    }

    /// <summary>Reads the wire with the codec, given in fragments.</summary>
    /// <param name="wire">The wire.</param>
    /// <param name="limits">What is accepted.</param>
    /// <param name="cut">How to cut, as <see cref="Fragments.Cut"/> says.</param>
    public static Trace Read(byte[] wire, SpdyLimits limits, int cut)
    {
        var trace = new Trace();
        var reader = new SpdyFrameReader(limits);
        var data = new List<byte>();
        var open = "";
        byte[] kept = [];
        try
        {
            foreach (var fragment in Fragments.Cut(wire, cut))
            {
                ReadOnlyMemory<byte> buffer = (byte[])[.. kept, .. fragment];
                while (reader.TryRead(ref buffer, out var piece))
                {
                    data.AddRange(piece.Payload.Span);
                    open = $"{piece.Type} {(byte)piece.Flags} {piece.StreamId} {piece.Value}";
                    if (piece.EndsFrame)
                    {
                        trace.Add($"{open} whole", data.ToArray());
                        data.Clear();
                        open = "";
                    }
                }

                Trace.Holds(buffer.Length <= reader.MaxLeftover, "little is left");
                kept = buffer.ToArray();
            }
        }
        catch (SpdyProtocolException)
        {
            trace.Add("fault");
            return trace;
        }

        if (reader.InFrame)
        {
            Trace.Holds(kept.Length == 0, "data is never kept");
            open = open.Length > 0 ? open : OpenHead(wire, trace);
            trace.Add($"{open} open", data.ToArray());
        }

        return trace;
    }

    // The last bytes of the wire are the header of a data frame, which the reader does not tell before its first byte.
    private static string OpenHead(byte[] wire, Trace before)
    {
        var all = SpdyOracle.Read(wire, SpdyLimits.Default with { ControlPayload = SpdyLimits.MaxPayload }).Lines;
        return all[before.Lines.Count][..^"  open".Length].TrimEnd();
    }
}
