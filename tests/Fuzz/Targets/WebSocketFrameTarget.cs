using CriAttach.Fuzz.Oracles;
using CriAttach.Wire.WebSocket;

namespace CriAttach.Fuzz.Targets;

/// <summary>Input: role and cut, limit, then the wire.</summary>
public sealed class WebSocketFrameTarget : IFuzzTarget
{
    /// <inheritdoc />
    public string Name => "websocket-frame";

    /// <inheritdoc />
    public IReadOnlyList<Type> Covers { get; } = [typeof(WebSocketFrameReader), typeof(WebSocketFrameWriter)];

    /// <inheritdoc />
    public void Run(byte[] input)
    {
        if (input.Length < 2)
        {
            return;
        }

        var role = (input[0] & 1) == 0 ? WebSocketRole.Server : WebSocketRole.Client;
        long limit = input[1] * 16;
        var wire = input[2..];
        var oracle = WebSocketOracle.Read(wire, role, limit);
        Trace.Same(oracle, Read(wire, role, limit, input[0] >> 1));

        // What a client writes, a server reads, and the other way round.
        uint? key = role == WebSocketRole.Server ? BitConverter.ToUInt32(input.AsSpan().Length >= 6 ? input.AsSpan(2, 4) : [1, 2, 3, 4]) : null;
        var frame = new byte[WebSocketFrameWriter.MaxHeaderLength + wire.Length];
        var header = WebSocketFrameWriter.WriteHeader(frame, WebSocketOpcode.Binary, wire.Length, final: true, key);
        Trace.Holds(header == WebSocketFrameWriter.HeaderLength(wire.Length, key is not null), "the header's length");
        wire.CopyTo(frame, header);
        if (key is { } mask)
        {
            var half = wire.Length / 2;
            WebSocketFrameWriter.Mask(frame.AsSpan(header, half), mask);
            WebSocketFrameWriter.Mask(frame.AsSpan(header + half, wire.Length - half), mask, half);
        }

        var back = WebSocketOracle.Read(frame[..(header + wire.Length)], role, long.MaxValue);
        Trace.Holds(back.Lines.Single() == $"Binary last whole {Convert.ToHexString(wire)}", "what was written");
    }

    /// <summary>Reads the wire with the codec, given in fragments.</summary>
    /// <param name="wire">The wire.</param>
    /// <param name="role">The end that reads.</param>
    /// <param name="limit">The longest data frame.</param>
    /// <param name="cut">How to cut, as <see cref="Fragments.Cut"/> says.</param>
    public static Trace Read(byte[] wire, WebSocketRole role, long limit, int cut)
    {
        var trace = new Trace();
        var reader = new WebSocketFrameReader(role, limit);
        var payload = new List<byte>();
        var open = "";
        byte[] kept = [];
        try
        {
            foreach (var fragment in Fragments.Cut(wire, cut))
            {
                Memory<byte> buffer = (byte[])[.. kept, .. fragment];
                while (reader.TryRead(ref buffer, out var piece))
                {
                    Trace.Holds(piece.StartsFrame == (open.Length == 0), "a piece starts the frame once");
                    Trace.Holds(!piece.Payload.IsEmpty || piece.FramePayloadLength == 0, "only empty frames have empty pieces");
                    payload.AddRange(piece.Payload.Span);
                    open = $"{piece.Opcode} {(piece.Final ? "last" : "more")}";
                    if (piece.EndsFrame)
                    {
                        Trace.Holds(payload.Count == piece.FramePayloadLength, "the frame is as long as it said");
                        trace.Add($"{open} whole", payload.ToArray());
                        payload.Clear();
                        open = "";
                    }
                }

                Trace.Holds(buffer.Length <= WebSocketFrameReader.MaxLeftover, "little is left");
                kept = buffer.ToArray();
            }
        }
        catch (WebSocketProtocolException fault)
        {
            trace.Add($"fault {fault.CloseCode}");
            return trace;
        }

        if (open.Length > 0)
        {
            trace.Add($"{open} open", payload.ToArray());
        }

        return trace;
    }
}
