using System.Buffers.Binary;
using CriAttach.Wire.Spdy;

namespace CriAttach.Fuzz.Oracles;

/// <summary>Reads frames of SPDY slowly: all bytes at once, one field after the other.</summary>
public static class SpdyOracle
{
    /// <summary>Reads the wire to its end or its first fault.</summary>
    /// <param name="wire">The wire.</param>
    /// <param name="limits">What is accepted.</param>
    public static Trace Read(byte[] wire, SpdyLimits limits)
    {
        var trace = new Trace();
        for (var at = 0; at + 8 <= wire.Length;)
        {
            var head = wire[at..(at + 8)];
            var length = (head[5] << 16) | (head[6] << 8) | head[7];
            var fault = head[0] >= 0x80 ? ControlFault(head, length, limits) : DataFault(head, length, limits);
            if (fault)
            {
                trace.Add("fault");
                return trace;
            }

            var body = wire[(at + 8)..Math.Min(wire.Length, at + 8 + length)];
            if (head[0] < 0x80)
            {
                trace.Add($"Data {head[4]} {Number(head, 0)} 0 {(body.Length == length ? "whole" : "open")}", body);
                at += 8 + body.Length;
                continue;
            }

            if (body.Length < length)
            {
                return trace;
            }

            if (!AddControl(trace, head, body))
            {
                trace.Add("fault");
                return trace;
            }

            at += 8 + length;
        }

        return trace;
    }

    private static bool DataFault(byte[] head, int length, SpdyLimits limits) => Number(head, 0) == 0 || length > limits.DataPayload;

    private static bool ControlFault(byte[] head, int length, SpdyLimits limits) =>
        head[0] != 0x80 || head[1] != 3 || head[2] != 0 || length > limits.ControlPayload || head[3] switch
        {
            1 => length < 10,
            2 or 8 => length < 4,
            3 => length != 8,
            4 => length % 8 != 4,
            6 => length != 4 || head[4] != 0,
            7 or 9 => length != 8 || head[4] != 0,
            _ => true,
        };

    private static bool AddControl(Trace trace, byte[] head, byte[] body)
    {
        var type = (SpdyFrameType)head[3];
        var first = Number(body, 0);
        var raw = BinaryPrimitives.ReadUInt32BigEndian(body);
        var second = body.Length >= 8 ? BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(4)) : 0;
        (bool Sound, uint Id, uint Value, byte[] Block) parts = head[3] switch
        {
            1 => (first != 0, first, 0, body[10..]),
            2 or 8 => (first != 0, first, 0, body[4..]),
            3 => (first != 0 && second != 0, first, second, []),
            4 => (raw == (body.Length - 4) / 8, 0, raw, []),
            6 => (raw != 0, 0, raw, []),
            _ => (true, first, second, []),
        };
        if (parts.Sound)
        {
            trace.Add($"{type} {head[4]} {parts.Id} {parts.Value} whole", parts.Block);
        }

        return parts.Sound;
    }

    private static uint Number(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(at)) & int.MaxValue;
}
